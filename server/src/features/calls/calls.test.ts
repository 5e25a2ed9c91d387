import { createHmac } from 'node:crypto';
import { createId } from '@ahoy/shared/domain/ids.ts';
import type { Call } from '@ahoy/shared/protocol/calls.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { next, startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';

const TURN_SECRET = 'a secret of sixteen';

let server: TestServer;
let anna: TestPerson;
let boris: TestPerson;
let clara: TestPerson;
let chatId: string;

beforeAll(async () => {
  server = await startServer({ TURN_URLS: 'turn:relay.example.org', TURN_SECRET });
});
afterAll(() => server?.stop());
beforeEach(async () => {
  [anna, boris, clara] = (await Promise.all(
    ['Anna', 'Boris', 'Clara'].map((name) => server.person(name)),
  )) as [TestPerson, TestPerson, TestPerson];
  chatId = (await anna.api.chats.openDirect({ personId: boris.id })).delta.chatId;
});

const failure = (code: string) => expect.objectContaining({ code });
const start = async (by: TestPerson, id = createId(), participantId = createId()) => {
  const { call } = await by.api.calls.start({ id, chatId, participantId, media: 'audio' });
  return { ...call, mine: participantId };
};
const join = (by: TestPerson, id: string, how = {}) =>
  by.api.calls.join({ id, participantId: createId(), ...how });
const present = (call: Call) => call.participants.filter((each) => each.isPresent).map((each) => each.userId);
const messageOf = async (person: TestPerson) => {
  const { messages } = await person.api.messages.history({ chatId, fromSeq: 1, toSeq: 100 });
  return messages.at(-1);
};

test('a call rings at every device of the other one, is answered on one, and its message says how long it took', async () => {
  const phones = await Promise.all([boris.connect(), (await server.signIn(boris)).connect()]);
  const rings = Promise.all(phones.map((phone) => next(phone, 'call', (call) => call.phase === 'ringing')));
  const { id, mine } = await start(anna);
  for (const ring of await rings) {
    expect(ring).toMatchObject({
      id,
      startedBy: anna.id,
      invitations: [{ userId: boris.id, state: 'ringing' }],
    });
    expect(ring.ringsForSeconds).toBeGreaterThan(50);
  }
  expect((await boris.api.calls.current({})).calls.map((call) => call.id)).toEqual([id]);
  const stops = Promise.all(phones.map((phone) => next(phone, 'call', (call) => call.phase === 'active')));
  const { call } = await join(boris, id);
  await stops;
  expect(present(call).sort()).toEqual([anna.id, boris.id].sort());
  expect(await messageOf(boris)).toMatchObject({ kind: 'call', call: { callId: id, outcome: 'answered' } });
  await anna.api.calls.leave({ id, participantId: mine });
  const message = await messageOf(boris);
  expect(message?.call?.endedAt).not.toBeNull();
  expect(message?.call?.durationSeconds).toBeGreaterThanOrEqual(0);
  expect((await boris.api.calls.current({})).calls).toEqual([]);
});

test('of two answers at once one wins, and the other hears where', async () => {
  const { id } = await start(anna);
  const answers = await Promise.allSettled([join(boris, id), join(boris, id), join(boris, id)]);
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
  for (const answer of answers)
    if (answer.status === 'rejected') expect(answer.reason).toEqual(failure('CALL_ELSEWHERE'));
  const { call } = await join(boris, id, { takesOver: true });
  expect(present(call)).toHaveLength(2);
});

test('two who call each other at the same moment are in one call', async () => {
  const [one, other] = await Promise.all([start(anna), start(boris)]);
  expect(one.id).toBe(other.id);
  const [current] = (await anna.api.calls.current({})).calls;
  expect(current).toMatchObject({ phase: 'active', outcome: 'answered' });
});

test("the same start again is the same call; its id is nobody else's", async () => {
  const id = createId();
  const [first, again] = await Promise.all([start(anna, id), start(anna, id)]);
  expect([again.id, again.startedAt, again.participants]).toEqual([
    first.id,
    first.startedAt,
    first.participants,
  ]);
  await expect(
    clara.api.calls.start({ id, chatId, participantId: createId(), media: 'audio' }),
  ).rejects.toEqual(failure('NOT_FOUND'));
});

test.each([
  ['declined', async (id: string) => boris.api.calls.decline({ id })],
  ['cancelled', async (id: string, mine: string) => anna.api.calls.leave({ id, participantId: mine })],
] as const)('a call can be %s, and is over then', async (outcome, end) => {
  const { id, mine } = await start(anna);
  await end(id, mine);
  expect(await messageOf(boris)).toMatchObject({ call: { outcome, durationSeconds: null } });
  await expect(join(boris, id)).rejects.toEqual(failure('CALL_ENDED'));
  await boris.api.calls.decline({ id });
  expect((await anna.api.calls.details({ id })).call.outcome).toBe(outcome);
});

test('who is in a call is rung at as busy, cannot begin another, and can switch', async () => {
  const other = (await clara.api.chats.openDirect({ personId: boris.id })).delta.chatId;
  const { id } = await start(anna);
  await join(boris, id);
  const wish = { id: createId(), chatId: other, participantId: createId(), media: 'audio' as const };
  await expect(boris.api.calls.start(wish)).rejects.toEqual(failure('CALL_BUSY'));
  const { call } = await clara.api.calls.start(wish);
  expect(call.invitations).toMatchObject([{ userId: boris.id, isBusy: true }]);
  await expect(join(boris, call.id)).rejects.toEqual(failure('CALL_BUSY'));
  await join(boris, call.id, { leavesOther: true });
  expect((await anna.api.calls.details({ id })).call).toMatchObject({ phase: 'ended', outcome: 'answered' });
});

test('outside the chat nothing can be learned, and nothing be done', async () => {
  const { id, mine } = await start(anna);
  for (const attempt of [
    () => clara.api.calls.details({ id }),
    () => clara.api.calls.decline({ id }),
    () => clara.api.calls.leave({ id, participantId: mine }),
    () => clara.api.calls.iceServers({ callId: id }),
    () => join(clara, id),
    () => clara.api.calls.details({ id: createId() }),
  ])
    await expect(attempt()).rejects.toEqual(failure('NOT_FOUND'));
  await boris.api.calls.leave({ id, participantId: mine });
  expect((await anna.api.calls.current({})).calls).toHaveLength(1);
});

test('signals pass between devices of one call only, and only from where they say they come', async () => {
  const { id, mine } = await start(anna);
  const theirs = createId();
  await boris.api.calls.join({ id, participantId: theirs });
  const [desk, phone, stranger] = await Promise.all([anna, boris, clara].map((each) => each.connect()));
  if (!desk || !phone || !stranger) throw new Error('no sockets');
  const enter = (socket: typeof desk, participantId: string) =>
    socket.emitWithAck('inCall', { callId: id, participantId, hears: [] });
  expect(await enter(desk, mine)).toBe(true);
  expect(await enter(phone, theirs)).toBe(true);
  expect(await enter(stranger, mine)).toBe(false);
  const signal = { callId: id, from: mine, to: theirs, payload: 'an offer' };
  const heard = next(phone, 'signal');
  expect(await desk.emitWithAck('signal', signal)).toBeNull();
  expect(await heard).toEqual(signal);
  expect(await stranger.emitWithAck('signal', signal)).toBe('FORBIDDEN');
  expect(await phone.emitWithAck('signal', signal)).toBe('FORBIDDEN');
  expect(await desk.emitWithAck('signal', { ...signal, payload: 'x'.repeat(15_001) })).toBe('BAD_REQUEST');
  const flood = await Promise.all(Array.from({ length: 61 }, () => desk.emitWithAck('signal', signal)));
  expect(flood.at(-1)).toBe('TOO_MANY_REQUESTS');
  await anna.api.calls.leave({ id, participantId: mine });
  expect(await enter(desk, mine)).toBe(false);
});

test("TURN credentials are the person's own, end by themselves, and only relays serve those who do not know each other", async () => {
  const { id } = await start(anna);
  const answer = await boris.api.calls.iceServers({ callId: id });
  const [turn] = answer.iceServers;
  const [expiry, owner] = turn?.username?.split(':') ?? [];
  expect(owner).toBe(boris.id);
  expect(Number(expiry) * 1000).toBeGreaterThan(Date.now());
  const credential = createHmac('sha1', TURN_SECRET)
    .update(turn?.username ?? '')
    .digest('base64');
  expect(turn?.credential).toBe(credential);
  expect(answer.isRelayOnly).toBe(true);
  const joined = await boris.api.calls.join({ id, participantId: createId() });
  expect(joined.ice, 'who answers has them at once').toMatchObject({ isRelayOnly: true });
  expect(joined.ice?.iceServers).toHaveLength(answer.iceServers.length);
  for (const person of [anna, boris])
    await person.api.messages.send({ id: createId(), chatId, text: 'hello' });
  expect((await boris.api.calls.iceServers({ callId: id })).isRelayOnly).toBe(false);
});
