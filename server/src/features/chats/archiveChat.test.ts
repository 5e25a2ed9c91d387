import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { next, startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';

let server: TestServer;
let anna: TestPerson;
let boris: TestPerson;
let chatId: string;

beforeAll(async () => {
  server = await startServer();
  [anna, boris] = [await server.person('Anna'), await server.person('Boris')];
  chatId = (await anna.api.chats.openDirect({ personId: boris.id })).delta.chatId;
});
afterAll(() => server?.stop());

const failure = (code: string) => expect.objectContaining({ code });
const rowOf = async (who: TestPerson) =>
  (await who.api.sync.sync({ account: 0, chats: {} })).account?.chats.find((row) => row.chatId === chatId);

test('a chat is archived and taken out again on all devices of one person, and nobody else hears of it', async () => {
  const device = await (await server.signIn(anna)).connect();
  const theirs = await boris.connect();
  theirs.on('account', () => expect.unreachable('told to the other one'));
  const told = next(device, 'account');
  await anna.api.chats.setArchived({ chatId, isArchived: true });
  expect((await told).chats).toMatchObject([{ chatId, isArchived: true }]);
  const { version } = (await rowOf(anna)) ?? {};
  // Again changes nothing.
  await anna.api.chats.setArchived({ chatId, isArchived: true });
  expect(await rowOf(anna)).toMatchObject({ version, isArchived: true });
  expect(await rowOf(boris)).not.toHaveProperty('isArchived');
  // A message leaves it where it is, on the way back to its sender, too.
  const sent = await anna.api.messages.send({ id: createId(), chatId, text: 'hello' });
  expect(sent.account).toMatchObject({ isArchived: true });
  await anna.api.chats.setArchived({ chatId, isArchived: false });
  expect(await rowOf(anna)).not.toHaveProperty('isArchived');
});

test('only who is in a chat archives it', async () => {
  const carla = await server.person('Carla');
  const wish = { chatId, isArchived: true };
  await expect(carla.api.chats.setArchived(wish)).rejects.toEqual(failure('NOT_FOUND'));
  await expect(carla.api.chats.setArchived({ ...wish, chatId: createId() })).rejects.toEqual(
    failure('NOT_FOUND'),
  );
  await expect(server.api().chats.setArchived(wish)).rejects.toEqual(failure('UNAUTHORIZED'));
  const bad = { ...wish, isArchived: 'yes' as unknown as boolean };
  await expect(anna.api.chats.setArchived(bad)).rejects.toEqual(failure('BAD_REQUEST'));
});
