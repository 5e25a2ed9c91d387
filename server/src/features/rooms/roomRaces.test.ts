import { createId } from '@ahoy/shared/domain/ids.ts';
import { isErrorCode } from '@ahoy/shared/errors.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startGuestBrowser } from '../../test/guestBrowser.ts';
import { startServer, type TestApi, type TestPerson } from '../../test/startServer.ts';

const ROUNDS = 6;
const ACTS_AT_ONCE = 8;

type Who = { id: string; api: TestApi; participants: Map<string, string> };
type Act = { kind: 'start' | 'leave' | 'handOver' | 'remove' | 'end' | 'enter'; who: number; whom: number };

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('start', 'start', 'start', 'leave', 'handOver', 'remove', 'end', 'enter'),
  who: fc.nat(5),
  whom: fc.nat(5),
});

test('whatever people in a room do at once, it has one host, with an account where one is there, and nobody too many', async () => {
  const server = await startServer();
  try {
    const maker = await server.person('Maker');
    const others = [await server.person('Bea'), await server.person('Cid')];
    for (let run = 0; run < 2; run += 1) {
      const { room } = await maker.api.rooms.create({
        ...{ id: createId(), title: 'Race', media: 'audio', hasWaitingRoom: false },
      });
      const people = [maker, ...others].map(asWho);
      for (const each of others) await each.api.rooms.enter({ key: room.token });
      for (const name of ['G1', 'G2', 'G3'])
        people.push(asWho(await startGuestBrowser(server, room.token, name)));
      const acts = fc.sample(act, { seed: 7 + run, numRuns: ROUNDS * ACTS_AT_ONCE });
      for (let round = 0; round < ROUNDS; round += 1) {
        const now = acts.slice(round * ACTS_AT_ONCE, (round + 1) * ACTS_AT_ONCE);
        await Promise.all(now.map((each) => apply(each, people, room.chatId, room.token)));
        await checkRoom(maker, people, room.chatId);
      }
      for (const each of people)
        await apply({ kind: 'end', who: people.indexOf(each), whom: 0 }, people, room.chatId, '');
    }
  } finally {
    await server.stop();
  }
}, 60_000);

const asWho = ({ id, api }: { id: string; api: TestApi }): Who => ({ id, api, participants: new Map() });

async function apply({ kind, who, whom }: Act, people: Who[], chatId: string, key: string): Promise<void> {
  const [actor, other] = [people[who], people[whom]];
  if (!actor || !other) throw new Error('no such person');
  const of = { chatId, personId: other.id };
  try {
    switch (kind) {
      case 'start': {
        const participantId = createId();
        const { call } = await actor.api.calls.start({
          id: createId(),
          chatId,
          participantId,
          media: 'audio',
        });
        actor.participants.set(call.id, participantId);
        return;
      }
      case 'leave':
        for (const [id, participantId] of actor.participants)
          await actor.api.calls.leave({ id, participantId });
        return;
      case 'handOver':
        await actor.api.rooms.handOver(of);
        return;
      case 'remove':
        await actor.api.rooms.remove(of);
        return;
      case 'end':
        await actor.api.rooms.endCall({ chatId });
        return;
      case 'enter':
        await actor.api.rooms.enter({ key });
    }
  } catch (error) {
    // Refused, as most of it has to be; an unexpected error is none of these.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (!isErrorCode(code) || code === 'INTERNAL_SERVER_ERROR') throw error;
  }
}

async function checkRoom(maker: TestPerson, people: Who[], chatId: string): Promise<void> {
  const { members } = await maker.api.chats.members({ chatId });
  const hosts = members.filter((each) => each.role === 'owner');
  expect(hosts).toHaveLength(1);
  const { room } = await maker.api.rooms.read({ chatId });
  expect(room.hostId).toBe(hosts[0]?.userId);
  expect(room.people).toBeLessThanOrEqual(room.limit);
  const inCall = new Set<string>();
  for (const { id, api } of people) {
    const { calls } = await api.calls.current({});
    for (const call of calls)
      for (const each of call.participants) if (each.isPresent) inCall.add(each.userId);
    const isIn = members.some((each) => each.userId === id);
    expect(isIn || calls.length === 0, 'nobody who was taken out is in the call').toBe(true);
  }
  expect(inCall.size).toBe(room.people);
  const guests = new Set(members.filter((each) => each.isGuest).map((each) => each.userId));
  const isAccountThere = [...inCall].some((id) => !guests.has(id));
  if (isAccountThere || inCall.size === 0) expect(guests.has(room.hostId)).toBe(false);
}
