import type { Me } from '@ahoy/shared/protocol/entities.ts';
import { type Copy, KEYS } from '../offline/copy.ts';
import { CopyClosedError } from '../offline/deviceCopy.ts';
import { writePeople } from '../offline/writeDelta.ts';
import type { Session } from './session.ts';

/** What the session's answer says of me is as good as what the account's stream says. */
export async function storeMe(copy: Copy, me: Me): Promise<void> {
  // Looks first: at a start it is mostly known, and a transaction that writes holds up the first screen's reading.
  const held = await recallMe(copy, me.person.id);
  if (held && held.person.version >= me.person.version && held.settings.version >= me.settings.version)
    return;
  await copy.transaction(async (tx) => {
    await writePeople(tx, [me.person]);
    const { settings } = await tx.meta();
    if (!settings || settings.version < me.settings.version) await tx.putMeta({ settings: me.settings });
  });
}

/** Who this device belongs to, as its copy says; null when it does not know. */
export function recallMe(copy: Copy, userId: string): Promise<Me | null> {
  return copy.read(async (tx) => {
    const [person, { settings }] = await Promise.all([tx.person(userId), tx.meta()]);
    return person && settings ? { person, settings } : null;
  });
}

/** Keeps the session's profile and the copy's in step, whichever hears of a change first. Returns how to stop. */
export function followOwnProfile(copy: Copy, session: Session): () => void {
  async function fromCopy(): Promise<void> {
    const { me } = session.store.getState();
    if (!me) return;
    const held = await copy.read(async (tx) => ({
      person: await tx.person(me.person.id),
      settings: (await tx.meta()).settings,
    }));
    const person = held.person && held.person.version > me.person.version ? held.person : me.person;
    const settings =
      held.settings && held.settings.version > me.settings.version ? held.settings : me.settings;
    const current = session.store.getState().me;
    const isNews = person !== me.person || settings !== me.settings;
    if (isNews && current === me) session.setMe({ ...me, person, settings });
  }

  function look(): void {
    fromCopy().catch((error: unknown) => {
      if (!(error instanceof CopyClosedError)) throw error;
    });
  }

  const stops = [
    copy.subscribe((touched) => {
      if (touched.has(KEYS.people) || touched.has(KEYS.account)) look();
    }),
    session.store.subscribe(({ me }, previous) => {
      if (!me || me === previous.me) return;
      if (previous.me && me.person.version > previous.me.person.version)
        void copy.transaction((tx) => writePeople(tx, [me.person]));
      // A session that the worker hands over says what was true when it was given.
      else look();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
