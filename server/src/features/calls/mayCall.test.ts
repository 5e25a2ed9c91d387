import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';

let server: TestServer;
let anna: TestPerson;
let boris: TestPerson;
let chatId: string;

beforeAll(async () => {
  server = await startServer({ TURN_URLS: 'turn:relay.example.org' });
});
afterAll(() => server?.stop());
beforeEach(async () => {
  [anna, boris] = (await Promise.all(['Anna', 'Boris'].map((name) => server.person(name)))) as [
    TestPerson,
    TestPerson,
  ];
  chatId = (await anna.api.chats.openDirect({ personId: boris.id })).delta.chatId;
});

const refused = expect.objectContaining({ code: 'FORBIDDEN' });
const call = (by: TestPerson) =>
  by.api.calls.start({ id: createId(), chatId, participantId: createId(), media: 'audio' });
const write = (by: TestPerson) => by.api.messages.send({ id: createId(), chatId, text: 'hello' });

test('everyone may call, until one says otherwise', async () => {
  expect(anna.me.settings).toMatchObject({ whoMayCall: 'everyone', isAlwaysRelayed: false });
  await call(boris);
});

test('whom nobody may call is not called, and can call', async () => {
  const { settings } = await anna.api.identity.updateMe({ whoMayCall: 'nobody' });
  expect(settings.whoMayCall).toBe('nobody');
  await expect(call(boris)).rejects.toEqual(refused);
  expect((await anna.api.calls.current({})).calls).toEqual([]);
  const { call: mine } = await call(anna);
  // Who is called already may answer by calling back.
  expect((await call(boris)).call.id).toBe(mine.id);
});

test('contacts are people who have both written to each other; a call is no word', async () => {
  await anna.api.identity.updateMe({ whoMayCall: 'contacts' });
  await expect(call(boris)).rejects.toEqual(refused);
  await write(boris);
  await expect(call(boris)).rejects.toEqual(refused);
  const ringing = (await call(anna)).call;
  await boris.api.calls.decline({ id: ringing.id });
  await expect(call(boris)).rejects.toEqual(refused);
  await write(anna);
  await call(boris);
});

test('who hides their address is relayed with contacts, too; it is each one for themselves', async () => {
  await Promise.all([write(anna), write(boris)]);
  const { id } = (await call(anna)).call;
  const relayOnly = async (person: TestPerson) =>
    (await person.api.calls.iceServers({ callId: id })).isRelayOnly;
  expect([await relayOnly(anna), await relayOnly(boris)]).toEqual([false, false]);
  await anna.api.identity.updateMe({ isAlwaysRelayed: true });
  expect([await relayOnly(anna), await relayOnly(boris)]).toEqual([true, false]);
});

test('an unknown choice is refused', async () => {
  const change = { whoMayCall: 'friends' } as never;
  await expect(anna.api.identity.updateMe(change)).rejects.toEqual(
    expect.objectContaining({ code: 'BAD_REQUEST' }),
  );
});
