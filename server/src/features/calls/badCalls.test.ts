import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';

let server: TestServer;
let anna: TestPerson;
let boris: TestPerson;
let clara: TestPerson;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  [anna, boris, clara] = (await Promise.all(
    ['Anna', 'Boris', 'Clara'].map((name) => server.person(name)),
  )) as [TestPerson, TestPerson, TestPerson];
});

const failure = (code: string) => expect.objectContaining({ code });
const meet = async (one: TestPerson, other: TestPerson) =>
  (await one.api.chats.openDirect({ personId: other.id })).delta.chatId;
const start = (by: TestPerson, chatId: string, wish = {}) =>
  by.api.calls.start({ id: createId(), chatId, participantId: createId(), media: 'audio', ...wish });

test('who rings and rings is told to wait, in that chat alone', async () => {
  const chatId = await meet(anna, boris);
  let refusal: unknown;
  for (let rings = 0; rings < 20; rings += 1) {
    const { call } = await start(anna, chatId);
    await boris.api.calls.decline({ id: call.id });
  }
  await start(anna, chatId).catch((error: unknown) => {
    refusal = error;
  });
  expect(refusal).toMatchObject({
    code: 'TOO_MANY_REQUESTS',
    data: { retryAfterSeconds: expect.any(Number) },
  });
  expect((await boris.api.calls.current({})).calls).toEqual([]);
  await start(anna, await meet(anna, clara));
});

test("the name of somebody else's device joins no other call, and takes nothing from its own", async () => {
  const theirs = createId();
  const { call } = await start(anna, await meet(anna, boris), { participantId: theirs });
  const chatId = await meet(clara, boris);
  await expect(start(clara, chatId, { participantId: theirs })).rejects.toEqual(failure('CONFLICT'));
  const { call: ringing } = await start(clara, chatId);
  await expect(boris.api.calls.join({ id: ringing.id, participantId: theirs })).rejects.toEqual(
    failure('CONFLICT'),
  );
  await expect(boris.api.calls.join({ id: call.id, participantId: theirs })).rejects.toEqual(
    failure('CONFLICT'),
  );
  const { call: after } = await anna.api.calls.details({ id: call.id });
  expect(after).toMatchObject({
    phase: 'ringing',
    participants: [{ id: theirs, userId: anna.id, isPresent: true }],
  });
});

test('an ended call takes no answer, is begun no second time, and gives no servers', async () => {
  const chatId = await meet(anna, boris);
  const { call } = await start(anna, chatId);
  await boris.api.calls.decline({ id: call.id });
  for (const how of [{}, { takesOver: true }, { leavesOther: true }])
    await expect(boris.api.calls.join({ id: call.id, participantId: createId(), ...how })).rejects.toEqual(
      failure('CALL_ENDED'),
    );
  expect((await start(anna, chatId, { id: call.id })).call).toMatchObject({
    phase: 'ended',
    outcome: 'declined',
  });
  await expect(boris.api.calls.iceServers({ callId: call.id })).rejects.toEqual(failure('NOT_FOUND'));
});

test('nobody calls themselves, from nowhere, or without an account', async () => {
  const saved = (await anna.api.chats.openSaved({})).delta.chatId;
  await expect(start(anna, saved)).rejects.toEqual(failure('FORBIDDEN'));
  await expect(start(anna, createId())).rejects.toEqual(failure('NOT_FOUND'));
  const nobody = server.api();
  const id = createId();
  for (const attempt of [
    () => nobody.calls.start({ id, chatId: saved, participantId: id, media: 'audio' }),
    () => nobody.calls.join({ id, participantId: id }),
    () => nobody.calls.decline({ id }),
    () => nobody.calls.leave({ id, participantId: id }),
    () => nobody.calls.current({}),
    () => nobody.calls.details({ id }),
    () => nobody.calls.iceServers({ callId: id }),
  ])
    await expect(attempt()).rejects.toEqual(failure('UNAUTHORIZED'));
});

test('what is no call is refused before anything is looked up', async () => {
  const chatId = await meet(anna, boris);
  for (const wish of [
    { id: 'call' },
    { id: crypto.randomUUID() },
    { media: 'smell' },
    { participantId: '' },
    { to: boris.id },
  ])
    await expect(start(anna, chatId, wish)).rejects.toEqual(failure('BAD_REQUEST'));
  const { call } = await start(anna, chatId);
  const quality = { roundTripMs: -1 } as never;
  const participantId = call.participants[0]?.id ?? '';
  await expect(anna.api.calls.reportQuality({ id: call.id, participantId, quality })).rejects.toEqual(
    failure('BAD_REQUEST'),
  );
});

test("only one's own device tells how a call was", async () => {
  const mine = createId();
  const { call } = await start(anna, await meet(anna, boris), { participantId: mine });
  const quality = {
    ...{ roundTripMs: 20, jitterMs: 1, lossShare: 0, receivedKbps: 40, sentKbps: 40, isRelayed: true },
    ...{ frameWidth: null, frameHeight: null, framesPerSecond: null, restarts: 0, seconds: 5 },
  };
  const report = { id: call.id, participantId: mine, quality };
  for (const other of [boris, clara])
    await expect(other.api.calls.reportQuality(report)).rejects.toEqual(failure('NOT_FOUND'));
  await anna.api.calls.reportQuality(report);
  expect((await boris.api.calls.details({ id: call.id })).quality).toEqual([
    { participantId: mine, quality },
  ]);
});
