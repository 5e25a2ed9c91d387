import type { Presence } from '@ahoy/shared/protocol/socket.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLiveSocket, type LiveSocket } from '../../client/src/net/socket.ts';
import { type ApiPerson, openChat, registerPerson } from './harness/apiPerson.ts';
import { type AhoyTwice, startAhoyTwice } from './harness/startAhoyTwice.ts';

/** A process that died is noticed by the others after 15 to 20 s. */
const GONE_PATIENCE_MS = 30_000;

let ahoy: AhoyTwice;
const sockets: LiveSocket[] = [];

beforeAll(async () => {
  ahoy = await startAhoyTwice({ isCaddyShared: true });
});
afterAll(async () => {
  for (const socket of sockets) socket.stop();
  await ahoy?.stop();
});

/** Someone who looks at the app through this address; resolves with what they hear of others. */
async function lookAt(baseUrl: string, person: ApiPerson): Promise<Map<string, Presence>> {
  const seen = new Map<string, Presence>();
  await new Promise<void>((onConnected) => {
    const socket = createLiveSocket({
      baseUrl,
      getAccessToken: async () => person.accessToken,
      onRefused: async () => undefined,
      on: {
        ...{ chat: () => undefined, account: () => undefined, people: () => undefined },
        ...{ typing: () => undefined, resync: () => undefined, ended: () => undefined },
        ...{ call: () => undefined, signal: () => undefined, room: () => undefined },
        presence: (all) => {
          for (const presence of all) seen.set(presence.personId, presence);
        },
      },
      ...{ onConnected, onAlive: () => undefined, onFailed: () => undefined },
    });
    sockets.push(socket);
    socket.start();
  });
  return seen;
}

test(
  'people of a killed process are told gone by another one within 30 s, but not those who came back through it',
  async () => {
    const [dying, living] = ahoy.servers.map((server) => server.address) as [string, string];
    const place = { url: living, letters: ahoy.letters };
    const people: ApiPerson[] = [];
    for (const name of ['Gone', 'Back', 'Watcher']) people.push(await registerPerson(place, { name }));
    const [gone, back, watcher] = people as [ApiPerson, ApiPerson, ApiPerson];
    await openChat(watcher, gone);
    await openChat(watcher, back);
    const seen = await lookAt(living, watcher);
    const isOnline = (person: ApiPerson) => seen.get(person.id)?.isOnline;
    await lookAt(dying, gone);
    await lookAt(dying, back);
    await expect.poll(() => isOnline(gone) && isOnline(back), { timeout: 10_000 }).toBe(true);

    await ahoy.servers[0]?.kill();
    await lookAt(living, back);
    await expect.poll(() => isOnline(gone), { timeout: GONE_PATIENCE_MS }).toBe(false);
    expect(seen.get(gone.id)?.lastSeenAt).not.toBeNull();
    expect(isOnline(back)).toBe(true);
    await ahoy.servers[0]?.start();
  },
  GONE_PATIENCE_MS * 3,
);
