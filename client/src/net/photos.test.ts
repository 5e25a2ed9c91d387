import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { ORPCError } from '@orpc/client';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Copy } from '../offline/copy.ts';
import { createMemoryCopy } from '../offline/memoryCopy.ts';
import type { Api } from './api.ts';
import { createPhotos, type PhotoBook } from './photos.ts';

const NOT_FOUND = () => new ORPCError('NOT_FOUND', { status: 404 });
const NO_NETWORK = () => new TypeError('no network');

let copy: Copy;
let book: PhotoBook;
/** What the server answers; a photo that is not here is asked for in vain. */
let answers: Map<string, () => Promise<string>>;
let asked: string[];
/** Object URLs that hold, with what they show. */
let urls: Map<string, string>;

beforeEach(() => {
  copy = createMemoryCopy();
  answers = new Map();
  asked = [];
  urls = new Map();
  vi.spyOn(console, 'debug').mockReturnValue();
  let lastUrl = 0;
  book = createPhotos({
    copy,
    api: () => ({ contacts: { photo: givePhoto } }) as unknown as Pick<Api, 'contacts'>,
    createUrl(blob) {
      lastUrl += 1;
      const url = `blob:${lastUrl}`;
      void blob.text().then((text) => urls.set(url, text));
      return url;
    },
    revokeUrl: (url) => urls.delete(url),
  });
});

async function givePhoto({ photoId }: { photoId: string }): Promise<File> {
  asked.push(photoId);
  const answer = answers.get(photoId) ?? (() => Promise.reject(NOT_FOUND()));
  return new File([await answer()], 'photo.jpg');
}

function serve(...photoIds: string[]): void {
  for (const id of photoIds) answers.set(id, async () => `picture ${id}`);
}

function person(id: string, photoId?: string, version = 1): Person {
  return { id, version, name: id, username: null, about: '', ...(photoId && { photoId }) };
}

const put = (...people: Person[]) => copy.transaction((tx) => tx.putPeople(people));
const held = (id: string) => copy.read((tx) => tx.photo(id));
/** What the screen shows of this person now. */
const seen = (id: string) => urls.get(book.get(id) ?? '') ?? null;
const see = (id: string, text: string | null) => vi.waitFor(() => expect(seen(id)).toBe(text));

describe("people's photos", () => {
  it('are fetched once for many avatars, and kept on the device', async () => {
    serve('p1');
    await put(person('ada', 'p1'));
    const listeners = [vi.fn(), vi.fn()];
    for (const listener of listeners) book.subscribe('ada', undefined, listener);
    await see('ada', 'picture p1');
    for (const listener of listeners) expect(listener).toHaveBeenCalledTimes(1);
    expect(asked).toEqual(['p1']);
    await vi.waitFor(async () => expect(await held('ada')).toMatchObject({ photoId: 'p1' }));
  });

  it('come from the device without the server, in one reading for all of them', async () => {
    const jpeg = await new Blob(['kept']).arrayBuffer();
    await put(person('ada', 'p1'), person('bob', 'p2'), person('cy'));
    await copy.transaction(async (tx) => {
      for (const [personId, photoId] of [
        ['ada', 'p1'],
        ['bob', 'p2'],
      ] as const)
        await tx.putPhoto({ personId, photoId, jpeg });
    });
    const read = vi.spyOn(copy, 'read');
    for (const id of ['ada', 'bob', 'cy', 'ada']) book.subscribe(id, undefined, () => undefined);
    await see('ada', 'kept');
    await see('bob', 'kept');
    expect(seen('cy')).toBeNull();
    expect(read).toHaveBeenCalledTimes(1);
    expect(asked).toEqual([]);
  });

  it('change as people do: the old one stays until the new one is here, and none is left of who has none', async () => {
    serve('p1');
    await put(person('ada', 'p1'));
    book.subscribe('ada', undefined, () => undefined);
    await see('ada', 'picture p1');
    const { promise, resolve } = Promise.withResolvers<string>();
    answers.set('p2', () => promise);
    await put(person('ada', 'p2', 2));
    await vi.waitFor(() => expect(asked).toEqual(['p1', 'p2']));
    expect(seen('ada')).toBe('picture p1');
    resolve('new');
    await see('ada', 'new');
    await vi.waitFor(async () => expect(await held('ada')).toMatchObject({ photoId: 'p2' }));
    await put(person('ada', undefined, 3));
    await see('ada', null);
    expect(urls.size).toBe(0);
  });

  it('are told only to those who show that person', async () => {
    serve('p1', 'p2');
    await put(person('ada', 'p1'), person('bob', 'p2'));
    const [ofAda, ofBob] = [vi.fn(), vi.fn()];
    book.subscribe('ada', undefined, ofAda);
    book.subscribe('bob', undefined, ofBob);
    await see('ada', 'picture p1');
    await see('bob', 'picture p2');
    await put(person('ada', undefined, 2), person('cy'));
    await see('ada', null);
    expect(ofAda).toHaveBeenCalledTimes(2);
    expect(ofBob).toHaveBeenCalledTimes(1);
  });

  it('of somebody whom the device does not know are shown by what the screen was told, and kept once it knows them', async () => {
    serve('p1', 'p2');
    book.subscribe('eve', 'p1', () => undefined);
    await see('eve', 'picture p1');
    expect(await held('eve')).toBeUndefined();
    await put(person('eve', 'p1'));
    await vi.waitFor(async () => expect(await held('eve')).toMatchObject({ photoId: 'p1' }));
    expect(asked).toEqual(['p1']);
    await put(person('eve', 'p2', 2));
    await see('eve', 'picture p2');
  });

  it('of an alias are those of whom it stands for', async () => {
    serve('p1');
    await put(person('ada', 'p1'), { ...person('old', undefined, 2), mergedInto: 'ada' });
    book.subscribe('old', undefined, () => undefined);
    await see('old', 'picture p1');
    await vi.waitFor(async () => expect(await held('ada')).toMatchObject({ photoId: 'p1' }));
  });

  it('that could not be fetched are tried again when the server can be reached', async () => {
    answers.set('p1', () => Promise.reject(NO_NETWORK()));
    await put(person('ada', 'p1'));
    book.subscribe('ada', undefined, () => undefined);
    await vi.waitFor(() => expect(asked).toEqual(['p1']));
    await put(person('bob'));
    serve('p1');
    await vi.waitFor(() => {
      book.connected();
      expect(asked).toHaveLength(2);
    });
    await see('ada', 'picture p1');
  });

  it('that are gone are not asked for again, until there is another one', async () => {
    await put(person('ada', 'p1'));
    book.subscribe('ada', undefined, () => undefined);
    await vi.waitFor(() => expect(asked).toEqual(['p1']));
    await put(person('bob'));
    book.connected();
    book.subscribe('ada', undefined, () => undefined);
    serve('p2');
    await put(person('ada', 'p2', 2));
    await see('ada', 'picture p2');
    expect(asked).toEqual(['p1', 'p2']);
  });

  it('are fetched four at a time, and not for people who are out of sight by then', async () => {
    const ids = Array.from({ length: 8 }, (_, index) => `p${index}`);
    const ends = ids.map((id) => {
      const { promise, resolve } = Promise.withResolvers<string>();
      answers.set(id, () => promise);
      return () => resolve(id);
    });
    await put(...ids.map((id) => person(`of ${id}`, id)));
    const stops = ids.map((id) => book.subscribe(`of ${id}`, undefined, () => undefined));
    await vi.waitFor(() => expect(asked).toHaveLength(4));
    stops[4]?.();
    for (const end of ends) end();
    await see('of p7', 'p7');
    expect(asked).toEqual(ids.filter((id) => id !== 'p4'));
  });

  it('that nobody shows keep their URL up to a number, the last shown', async () => {
    const ids = Array.from({ length: 203 }, (_, index) => `p${index}`);
    serve(...ids);
    await put(...ids.map((id) => person(`of ${id}`, id)));
    const stops = ids.map((id) => book.subscribe(`of ${id}`, undefined, () => undefined));
    await see('of p202', 'picture p202');
    for (const stop of stops) stop();
    expect(urls.size).toBe(200);
    expect([seen('of p2'), seen('of p3')]).toEqual([null, 'picture p3']);
    await put(person('of p3', undefined, 2));
    book.subscribe('of p3', undefined, () => undefined);
    expect(seen('of p3')).toBe('picture p3');
    await see('of p3', null);
  });

  it('are forgotten when somebody else signs in, also one that is on its way', async () => {
    serve('p1');
    await put(person('ada', 'p1'), person('bob', 'p2'));
    const { promise, resolve } = Promise.withResolvers<string>();
    answers.set('p2', () => promise);
    const listener = vi.fn();
    book.subscribe('ada', undefined, listener);
    book.subscribe('bob', undefined, () => undefined);
    await see('ada', 'picture p1');
    await vi.waitFor(() => expect(asked).toContain('p2'));
    book.forget();
    expect(listener).toHaveBeenCalledTimes(2);
    resolve('late');
    await copy.read((tx) => tx.meta());
    expect(urls.size).toBe(0);
    expect(await held('bob')).toBeUndefined();
  });
});
