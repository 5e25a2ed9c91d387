import { type Copy, KEYS } from '../offline/copy.ts';
import type { Api } from './api.ts';
import { toFailure } from './failure.ts';
import { createPhotoQueue } from './photoQueue.ts';

/** People's photos as the screen can show them. Which one holds is what the copy says of the person. */
export type PhotoBook = {
  /**
   * Follows one person's photo; hears when its URL changes. `photoId`: what a screen was told of somebody whom the copy
   * does not know.
   */
  subscribe: (personId: string, photoId: string | undefined, listener: () => void) => () => void;
  /** An object URL; undefined: there is none, or none yet. */
  get: (personId: string) => string | undefined;
  /** The server can be reached again: what could not be fetched is tried anew. */
  connected: () => void;
  /** Somebody else, or nobody, is signed in. */
  forget: () => void;
};

export type PhotosOptions = {
  api: () => Pick<Api, 'contacts'>;
  copy: Copy;
  createUrl: (jpeg: Blob) => string;
  revokeUrl: (url: string) => void;
};

/** What is known of one person's photo. */
type Face = {
  listeners: Set<() => void>;
  /** As a screen was told. */
  told: string | undefined;
  /** null: they have none. */
  wanted: string | null;
  shown: { photoId: string; url: string } | null;
  /** Shown, but of somebody whom the copy does not know yet: kept as soon as it does. */
  unkept: { photoId: string; jpeg: ArrayBuffer } | null;
  /** A photo that could not be fetched. */
  failed: { photoId: string; isGone: boolean } | null;
};

/** So many that nobody shows keep their URL: a list that is scrolled back shows them at once. */
const KEPT_UNSHOWN = 200;

export function createPhotos({ api, copy, createUrl, revokeUrl }: PhotosOptions): PhotoBook {
  /** Those that nobody shows stand in front, the longest unshown first. */
  const faces = new Map<string, Face>();
  const queue = createPhotoQueue(load);
  let toLook = new Set<string>();
  /** Goes up with each account: what belongs to an older one is over. */
  let era = 0;
  let stopListening: (() => void) | undefined;

  /** Asked for many in one tick, the copy is read once. */
  function look(personIds: Iterable<string>): void {
    const isAsked = toLook.size > 0;
    for (const id of personIds) toLook.add(id);
    if (isAsked || toLook.size === 0) return;
    queueMicrotask(() => {
      const ids = [...toLook];
      toLook = new Set();
      read(ids).catch((error: unknown) => console.debug('The photos could not be looked up:', error));
    });
  }

  async function read(ids: readonly string[]): Promise<void> {
    const own = era;
    const found = await copy.read((tx) =>
      Promise.all(
        ids.map(async (id) => {
          const person = await tx.person(id);
          const wanted = (person ? person.photoId : faces.get(id)?.told) ?? null;
          const isShown = faces.get(id)?.shown?.photoId === wanted;
          const held = wanted === null || isShown ? undefined : await tx.photo(id);
          return { id, wanted, held, isKnown: person !== undefined };
        }),
      ),
    );
    if (own !== era) return;
    for (const { id, wanted, held, isKnown } of found) {
      const face = faces.get(id);
      if (!face) continue;
      face.wanted = wanted;
      if (wanted === null) show(face, null);
      // An older one is better than none until the new one is here.
      else if (held && (held.photoId === wanted || !face.shown)) show(face, held);
      want(id, face);
      if (isKnown && face.unkept) keep(id, face, face.unkept);
    }
  }

  function want(id: string, { wanted, shown, failed }: Face): void {
    if (wanted !== null && shown?.photoId !== wanted && failed?.photoId !== wanted) queue.add(id);
  }

  function show(face: Face, photo: { photoId: string; jpeg: ArrayBuffer } | null): void {
    const before = face.shown;
    if (before === null && photo === null) return;
    face.shown = photo && {
      photoId: photo.photoId,
      url: createUrl(new Blob([photo.jpeg], { type: 'image/jpeg' })),
    };
    for (const listener of [...face.listeners]) listener();
    if (before) revokeUrl(before.url);
  }

  /** Fetches what a person's face lacks, where that is still shown. */
  async function load(id: string): Promise<void> {
    const own = era;
    const face = faces.get(id);
    const photoId = face?.wanted;
    if (!face || !photoId || face.listeners.size === 0 || face.shown?.photoId === photoId) return;
    try {
      const jpeg = await (await api().contacts.photo({ photoId })).arrayBuffer();
      if (own !== era) return;
      if (face.wanted === photoId && faces.get(id) === face) show(face, { photoId, jpeg });
      keep(id, face, { photoId, jpeg });
    } catch (error) {
      if (own !== era || face.wanted !== photoId) return;
      face.failed = { photoId, isGone: toFailure(error).code === 'NOT_FOUND' };
      if (face.failed.isGone) show(face, null);
    }
  }

  /** For the next start, and without a network; a photo that changed meanwhile is not kept. */
  function keep(id: string, face: Face, photo: { photoId: string; jpeg: ArrayBuffer }): void {
    const own = era;
    face.unkept = null;
    put(id, photo).then(
      (isKnown) => {
        if (isKnown || own !== era) return;
        face.unkept = photo;
        // The copy may have got to know them in this moment.
        look([id]);
      },
      (error: unknown) => console.debug('The photo could not be kept:', error),
    );
  }

  /** Resolves with whether the copy knows the person. */
  async function put(id: string, photo: { photoId: string; jpeg: ArrayBuffer }): Promise<boolean> {
    const person = await copy.read((tx) => tx.person(id));
    if (!person) return false;
    await copy.transaction(
      async (tx) => {
        const isCurrent = (await tx.person(person.id))?.photoId === photo.photoId;
        if (isCurrent) await tx.putPhoto({ personId: person.id, ...photo });
      },
      { isExpendable: true },
    );
    return true;
  }

  function shownIds(): string[] {
    return [...faces].flatMap(([id, { listeners }]) => (listeners.size > 0 ? [id] : []));
  }

  function follow(): void {
    stopListening ??= copy.subscribe((touched) => {
      if (touched.has(KEYS.people) || touched.has(KEYS.everything)) look(shownIds());
    });
  }

  function rest(id: string, face: Face): void {
    faces.delete(id);
    const unshown = [...faces].filter(([, each]) => each.listeners.size === 0);
    for (const [oldest, each] of unshown.slice(0, Math.max(0, unshown.length + 1 - KEPT_UNSHOWN))) {
      faces.delete(oldest);
      if (each.shown) revokeUrl(each.shown.url);
    }
    faces.set(id, face);
    if (shownIds().length > 0) return;
    stopListening?.();
    stopListening = undefined;
  }

  return {
    subscribe(personId, photoId, listener) {
      const face: Face = faces.get(personId) ?? {
        ...{ listeners: new Set(), told: photoId, wanted: null, shown: null, unkept: null, failed: null },
      };
      faces.set(personId, face);
      face.told = photoId ?? face.told;
      if (!face.failed?.isGone) face.failed = null;
      face.listeners.add(listener);
      follow();
      look([personId]);
      return () => {
        face.listeners.delete(listener);
        if (face.listeners.size === 0 && faces.get(personId) === face) rest(personId, face);
      };
    },
    get: (personId) => faces.get(personId)?.shown?.url,
    connected() {
      for (const [id, face] of faces) {
        if (face.failed?.isGone !== false) continue;
        face.failed = null;
        want(id, face);
      }
    },
    forget() {
      era += 1;
      for (const [id, face] of faces) {
        show(face, null);
        Object.assign(face, { told: undefined, wanted: null, unkept: null, failed: null });
        if (face.listeners.size === 0) faces.delete(id);
      }
    },
  };
}
