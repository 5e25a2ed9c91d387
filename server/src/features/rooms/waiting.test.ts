import { createId } from '@ahoy/shared/domain/ids.ts';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { next, startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';

let server: TestServer;
let ann: TestPerson;
let bob: TestPerson;
let database: DataSource;

beforeAll(async () => {
  server = await startServer();
  [ann, bob] = [await server.person('Ann'), await server.person('Bob')];
  database = await server.openDatabase();
});
afterAll(() => server?.stop());

async function knockAtNewRoom() {
  const { room } = await ann.api.rooms.create({ id: createId(), title: 'Standup', media: 'video' });
  const { chatId, token } = room;
  await bob.api.rooms.enter({ key: token });
  expect(await waitingNames(chatId)).toEqual(['Bob']);
  return { chatId, token };
}

const waitingNames = async (chatId: string) =>
  (await ann.api.rooms.waiting({ chatId })).knocks.map(({ person }) => person.name);

/** As long ago as a page takes to be counted as closed. */
const goAway = (chatId: string) =>
  database.query(`UPDATE room_knocks SET seen_at = now() - interval '3 minutes' WHERE chat_id = $1`, [
    chatId,
  ]);

test('who waits no longer is off the list, of which the host hears, and may knock anew', async () => {
  const { chatId, token } = await knockAtNewRoom();
  const heard = next(await ann.connect(), 'room');
  await bob.api.rooms.withdraw({ chatId });
  expect(await heard).toEqual({ kind: 'waiting', chatId, waiting: 0 });
  expect(await waitingNames(chatId)).toEqual([]);
  await bob.api.rooms.withdraw({ chatId });
  expect(await bob.api.rooms.enter({ key: token })).toMatchObject({ state: 'waiting' });
});

test('whose page was closed is off the list, and on it again when it asks', async () => {
  const { chatId } = await knockAtNewRoom();
  await goAway(chatId);
  expect(await waitingNames(chatId)).toEqual([]);
  const heard = next(await ann.connect(), 'room');
  expect(await bob.api.rooms.standing({ chatId })).toMatchObject({ state: 'waiting' });
  expect(await heard).toEqual({ kind: 'waiting', chatId, waiting: 1 });
  expect(await waitingNames(chatId)).toEqual(['Bob']);
});

test('who comes back by the link after a while knocks anew', async () => {
  const { chatId, token } = await knockAtNewRoom();
  await goAway(chatId);
  const heard = next(await ann.connect(), 'room');
  await bob.api.rooms.enter({ key: token });
  expect(await heard).toEqual({ kind: 'waiting', chatId, waiting: 1 });
});
