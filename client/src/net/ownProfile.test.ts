import type { Me } from '@ahoy/shared/protocol/entities.ts';
import { expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createMemoryCopy } from '../offline/memoryCopy.ts';
import { followOwnProfile, storeMe } from './ownProfile.ts';
import type { Session, SessionState } from './session.ts';

function meOf(version: number, name: string): Me {
  const person = { id: 'ada', version, name, username: null, about: '' };
  const settings = { version: 1, email: null, locale: 'en', isFindableByEmail: false } as const;
  return {
    person,
    settings: { ...settings, whoMayCall: 'everyone', isAlwaysRelayed: false, isMetInRooms: true },
  };
}

function setUp(me: Me | null) {
  const copy = createMemoryCopy();
  const store = createStore<SessionState>(() => ({ status: 'signedIn', me, sessionId: null, endedBy: null }));
  const session = { store, setMe: (next: Me) => store.setState({ me: next }) } as unknown as Session;
  return { copy, session, name: () => store.getState().me?.person.name };
}

it('what the session hears of me is in the copy, and what the copy hears is in the session', async () => {
  const { copy, session, name } = setUp(meOf(1, 'Ada'));
  const stop = followOwnProfile(copy, session);
  session.setMe(meOf(2, 'Ada Changed'));
  await vi.waitFor(async () =>
    expect(await copy.read((tx) => tx.person('ada'))).toMatchObject({ name: 'Ada Changed' }),
  );
  await copy.transaction((tx) => tx.putPeople([meOf(3, 'Ada Elsewhere').person]));
  await vi.waitFor(() => expect(name()).toBe('Ada Elsewhere'));
  stop();
});

it('a session that was given before the last change shows that change', async () => {
  const { copy, session, name } = setUp(null);
  await storeMe(copy, meOf(2, 'Ada Changed'));
  const stop = followOwnProfile(copy, session);
  session.setMe(meOf(1, 'Ada'));
  await vi.waitFor(() => expect(name()).toBe('Ada Changed'));
  stop();
});
