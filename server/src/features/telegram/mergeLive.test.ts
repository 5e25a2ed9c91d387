import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { next, startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';
import { createTelegramSigner } from '../../test/telegramSigner.ts';

const signer = createTelegramSigner();
let server: TestServer;

beforeAll(async () => {
  server = await startServer(signer.env);
});
afterAll(() => server?.stop());

const send = (by: TestPerson, chatId: string, text: string) =>
  by.api.messages.send({ id: createId(), chatId, text });

test('devices hear of a merge as it happens, and the account that stays hears what is said from then on', async () => {
  const [kept, other, carla] = [
    await server.person('Kept'),
    await server.person('Other'),
    await server.person('Carla'),
  ];
  const proof = { initData: signer.launch({ id: 4_711, first_name: 'Tele' }) };
  await other.api.telegram.link({ proof });
  const chatId = (await other.api.chats.openDirect({ personId: carla.id })).delta.chatId;
  await send(other, chatId, 'before');
  const [own, gone, theirs] = [await kept.connect(), await other.connect(), await carla.connect()];

  const heard = {
    places: next(theirs, 'chat', (delta) => delta.members.length > 0),
    person: next(theirs, 'people', (people) => people.some((person) => person.id === other.id)),
    rows: next(own, 'account'),
    ended: next(gone, 'ended'),
  };
  gone.on('chat', () => expect.unreachable('an ended session hears nothing more'));
  await kept.api.telegram.merge({ proof, otherId: other.id });

  const places = await heard.places;
  expect(places.to).toBe(places.from + 1);
  expect(new Map(places.members.map((member) => [member.userId, member.isIn]))).toEqual(
    new Map([
      [other.id, false],
      [kept.id, true],
    ]),
  );
  expect(places.people.map((person) => [person.id, person.mergedInto]).sort()).toEqual(
    [
      [other.id, kept.id],
      [kept.id, undefined],
    ].sort(),
  );
  expect((await heard.person)[0]).toMatchObject({ id: other.id, mergedInto: kept.id });
  expect((await heard.rows).chats).toMatchObject([{ chatId, isIn: true, own: 0, readSeq: 1 }]);
  await heard.ended;

  const live = next(own, 'chat', (delta) => delta.messages.some((message) => message.text === 'after'));
  await send(carla, chatId, 'after');
  expect((await live).from).toBe(places.to);
  const answer = next(theirs, 'chat', (delta) => delta.messages.some(({ text }) => text === 'and back'));
  await send(kept, chatId, 'and back');
  expect((await answer).messages).toMatchObject([{ senderId: kept.id }]);
  // A device that was away finds the same.
  const caughtUp = await carla.api.sync.sync({ account: 0, chats: { [chatId]: 2 } });
  expect(caughtUp.deltas[0]?.members.map((member) => member.userId).sort()).toEqual(
    [kept.id, other.id].sort(),
  );
  expect(caughtUp.deltas[0]?.people.find((person) => person.id === other.id)?.mergedInto).toBe(kept.id);
});
