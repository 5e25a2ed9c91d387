import { createId, directChatId, savedChatId } from '@ahoy/shared/domain/ids.ts';
import type { AccountChat } from '@ahoy/shared/protocol/entities.ts';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeJpeg } from '../../test/makeJpeg.ts';
import { startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';
import type { Announcements, Announcer } from '../announcements.ts';
import { mergeAccounts } from './mergeAccounts.ts';

let server: TestServer;
let dataSource: DataSource;
let kept: TestPerson;
let other: TestPerson;
let carla: TestPerson;
let told: [string, unknown][] = [];
const announcer: Announcer = {
  announce: (kind, announcement) => void told.push([kind, announcement]),
  on: () => undefined,
};

beforeAll(async () => {
  server = await startServer();
  dataSource = await server.openDatabase();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  const names = ['Kept', 'Other', 'Carla'];
  [kept, other, carla] = (await Promise.all(names.map((name) => server.person(name)))) as [
    TestPerson,
    TestPerson,
    TestPerson,
  ];
  told = [];
});

const failure = (code: string) => expect.objectContaining({ code });
const merge = (keptId = kept.id, otherId = other.id) =>
  mergeAccounts({ dataSource, announcer, clock: () => new Date() }, { keptId, otherId });
const open = async (by: TestPerson, whom: TestPerson) =>
  (await by.api.chats.openDirect({ personId: whom.id })).delta.chatId;
const send = (by: TestPerson, chatId: string, text = 'hello', id = createId()) =>
  by.api.messages.send({ id, chatId, text });
const sync = (who: TestPerson, chats: string[] = []) =>
  who.api.sync.sync({ account: 0, chats: Object.fromEntries(chats.map((id) => [id, 0])) });
async function rowsOf(who: TestPerson): Promise<Map<string, AccountChat>> {
  const { account } = await sync(who);
  return new Map((account?.chats ?? []).filter((row) => row.isIn).map((row) => [row.chatId, row]));
}
const unreadOf = (row: AccountChat | undefined) => (row ? row.last - row.readSeq - row.own : Number.NaN);
const heard = <K extends keyof Announcements>(kind: K) =>
  told.flatMap(([name, announcement]) => (name === kind ? [announcement as Announcements[K]] : []));

test('the kept account takes the place of the other in its chats, and everybody sees whose alias that is', async () => {
  const chatId = await open(other, carla);
  const sent = createId();
  await send(other, chatId, 'from the other', sent);
  await send(carla, chatId, 'to the other');
  await merge();

  expect((await rowsOf(kept)).get(chatId)).toMatchObject({ isIn: true });
  expect((await rowsOf(other)).size).toBe(0);
  const { deltas } = await sync(kept, [chatId]);
  expect(deltas[0]?.members.map((m) => m.userId).sort()).toEqual([kept.id, carla.id].sort());
  // Nothing is rewritten.
  expect(deltas[0]?.messages.map((m) => m.senderId)).toEqual([other.id, carla.id]);
  const alias = deltas[0]?.people.find((person) => person.id === other.id);
  expect(alias).toMatchObject({ name: 'Other', mergedInto: kept.id });
  expect(deltas[0]?.people.find((person) => person.id === kept.id)).not.toHaveProperty('mergedInto');
  // What the alias wrote is the kept account's to change, and nobody else's.
  await kept.api.messages.edit({ id: sent, text: 'changed', stamp: 5 });
  await expect(carla.api.messages.delete({ id: sent })).rejects.toEqual(failure('FORBIDDEN'));
  await kept.api.messages.delete({ id: sent });
  await send(kept, chatId, 'from the kept');
});

test('what is told of it says all that has changed, each stream without a gap', async () => {
  const chatId = await open(other, carla);
  await send(other, chatId);
  const before = (await sync(kept)).account?.to ?? 0;
  const { head } = (await carla.api.chats.openDirect({ personId: other.id })).answer;
  await merge();
  const [delta] = heard('chatChanged').map((each) => each.delta);
  expect(delta).toMatchObject({ chatId, from: head.version, to: head.version + 1 });
  expect(delta?.members).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ userId: kept.id, isIn: true, since: head.version + 1 }),
      expect.objectContaining({ userId: other.id, isIn: false }),
    ]),
  );
  const account = heard('accountChanged');
  expect(account).toHaveLength(1);
  expect(account[0]).toMatchObject({ userId: kept.id, delta: { from: before } });
  expect(account[0]?.delta.to).toBe((await sync(kept)).account?.to);
  expect(heard('leftChat')).toMatchObject([{ userId: other.id, chatId, epoch: 1 }]);
  expect(heard('joinedChat')).toMatchObject([{ userId: kept.id, chatId, epoch: 1 }]);
  expect(heard('sessionEnded')).toMatchObject([{ userId: other.id, sessionId: other.sessionId }]);
  expect(heard('personChanged')).toMatchObject([{ person: { id: other.id, mergedInto: kept.id } }]);
});

test('of two chats with the same person both stay, and the older one is archived', async () => {
  const own = await open(kept, carla);
  const others = await open(other, carla);
  await send(carla, own, 'older');
  await send(carla, others, 'newer');
  await merge();
  const rows = await rowsOf(kept);
  expect(rows.get(own)).toMatchObject({ isArchived: true });
  expect(rows.get(others)).not.toHaveProperty('isArchived');
  // Nothing of it is Carla's business.
  for (const row of (await rowsOf(carla)).values()) expect(row).not.toHaveProperty('isArchived');
  expect(heard('accountChanged').map(({ userId }) => userId)).toEqual([kept.id]);
});

test('the chat of the two and their saved chats stay, and the own saved one is in sight', async () => {
  const common = await open(kept, other);
  await send(kept, common, 'to myself, as it turns out');
  await send(other, common, 'indeed');
  const mine = (await kept.api.chats.openSaved({})).delta.chatId;
  const theirs = (await other.api.chats.openSaved({})).delta.chatId;
  await merge();
  const rows = await rowsOf(kept);
  expect([...rows.keys()].sort()).toEqual([common, mine, theirs].sort());
  expect(rows.get(mine)).not.toHaveProperty('isArchived');
  expect(rows.get(common)).toMatchObject({ isArchived: true });
  expect(rows.get(theirs)).toMatchObject({ isArchived: true });
  expect(unreadOf(rows.get(common))).toBe(0);
  expect((await kept.api.chats.openDirect({ personId: other.id })).delta.chatId).toBe(savedChatId(kept.id));
});

test('in a common room the other leaves, the kept one has the higher role and what it made', async () => {
  const { room } = await other.api.rooms.create({
    ...{ id: createId(), title: 'Common', media: 'audio', hasWaitingRoom: false },
  });
  await kept.api.rooms.enter({ key: room.token });
  await carla.api.rooms.enter({ key: room.token });
  await merge();
  const { members } = await kept.api.chats.members({ chatId: room.chatId });
  expect(members.map((m) => [m.userId, m.role]).sort()).toEqual(
    [
      [kept.id, 'owner'],
      [carla.id, 'member'],
    ].sort(),
  );
  expect((await kept.api.rooms.list({})).rooms).toMatchObject([{ chatId: room.chatId, createdBy: kept.id }]);
  await kept.api.rooms.update({ chatId: room.chatId, title: 'Mine' });
  const { deltas } = await sync(carla, [room.chatId]);
  expect(deltas[0]?.chat).toMatchObject({ memberCount: 2, title: 'Mine' });
});

test('what the other wrote in a room before it was taken out of it is own, and not unread', async () => {
  const { room } = await carla.api.rooms.create({
    ...{ id: createId(), title: 'Left', media: 'audio', hasWaitingRoom: false },
  });
  for (const who of [kept, other]) await who.api.rooms.enter({ key: room.token });
  await send(other, room.chatId);
  await send(carla, room.chatId);
  await carla.api.rooms.remove({ chatId: room.chatId, personId: other.id });
  expect(unreadOf((await rowsOf(kept)).get(room.chatId))).not.toBe(1);
  await merge();
  expect((await rowsOf(kept)).get(room.chatId)).toMatchObject({ own: 1, last: 2, readSeq: 0 });
  const { members } = await kept.api.chats.members({ chatId: room.chatId });
  expect(members.map((m) => m.userId).sort()).toEqual([kept.id, carla.id].sort());
});

test('blocks follow in both directions, with the silence that they bring', async () => {
  const own = await open(kept, carla);
  const dora = await server.person('Dora');
  const withDora = await open(kept, dora);
  await other.api.contacts.block({ personId: carla.id });
  await dora.api.contacts.block({ personId: other.id });
  await merge();
  const rows = await rowsOf(kept);
  expect(rows.get(own)).toMatchObject({ hasBlocked: true });
  expect(rows.get(withDora)).not.toHaveProperty('hasBlocked');
  expect((await rowsOf(dora)).get(withDora)).toMatchObject({ hasBlocked: true });
  for (const [who, chatId] of [
    [carla, own],
    [kept, own],
    [kept, withDora],
    [dora, withDora],
  ] as const)
    await expect(send(who, chatId)).rejects.toEqual(failure('FORBIDDEN'));
  expect((await kept.api.contacts.blocked({})).people.map((p) => p.id)).toEqual([carla.id]);
  expect((await dora.api.contacts.blocked({})).people.map((p) => p.id)).toEqual([kept.id]);
  expect(
    heard('blockChanged')
      .map((each) => each.chatId)
      .sort(),
  ).toEqual([own, withDora].sort());
  // Named by the alias, it is the same block.
  await dora.api.contacts.unblock({ personId: other.id });
  await kept.api.contacts.unblock({ personId: carla.id });
  await send(carla, own);
  await send(kept, withDora);
});

test('two who were in touch through both accounts are silenced in both chats', async () => {
  const own = await open(kept, carla);
  const others = await open(other, carla);
  await merge();
  await carla.api.contacts.block({ personId: other.id });
  for (const chatId of [own, others]) {
    await expect(send(kept, chatId)).rejects.toEqual(failure('FORBIDDEN'));
    expect((await rowsOf(carla)).get(chatId)).toMatchObject({ hasBlocked: true });
  }
});

test('mute follows into chats that are new to the kept account; where it was in, its own counts', async () => {
  const dora = await server.person('Dora');
  const withDora = await open(other, dora);
  const { room } = await kept.api.rooms.create({
    ...{ id: createId(), title: 'Common', media: 'audio', hasWaitingRoom: false },
  });
  await other.api.rooms.enter({ key: room.token });
  const until = new Date(Date.now() + 3_600_000).toISOString();
  for (const chatId of [withDora, room.chatId]) await other.api.notifications.muteChat({ chatId, until });
  await merge();
  const rows = await rowsOf(kept);
  expect(rows.get(withDora)?.mutedUntil).toBe(until);
  expect(rows.get(room.chatId)).not.toHaveProperty('mutedUntil');
});

test('an alias stands for the kept account wherever it is named', async () => {
  const chatId = await open(other, carla);
  await other.api.identity.updateMe({ username: `alias_${other.id.slice(-8)}` });
  await merge();
  const found = await carla.api.contacts.find({ query: `alias_${other.id.slice(-8)}` });
  expect(found.person).toMatchObject({ id: kept.id, name: 'Kept' });
  expect((await carla.api.contacts.find({ query: other.email })).person?.id).toBe(kept.id);
  // The chat that the two have through the alias is theirs.
  expect(await open(carla, other)).toBe(chatId);
  expect(await open(carla, kept)).toBe(chatId);
  expect(await open(kept, carla)).toBe(chatId);
  const dora = await server.person('Dora');
  expect(await open(dora, other)).toBe(directChatId(dora.id, kept.id));
});

test('who may be called by contacts only is called by those of the alias', async () => {
  const chatId = await open(other, carla);
  await send(other, chatId);
  await send(carla, chatId);
  await merge();
  await kept.api.identity.updateMe({ whoMayCall: 'contacts' });
  await carla.api.calls.start({ id: createId(), chatId, participantId: createId(), media: 'audio' });
});

test('the devices of the other account go out of its call', async () => {
  const chatId = await open(other, carla);
  const id = createId();
  await other.api.calls.start({ id, chatId, participantId: createId(), media: 'audio' });
  await carla.api.calls.join({ id, participantId: createId() });
  await merge();
  const { calls } = await carla.api.calls.current({});
  expect(calls).toEqual([]);
  expect(heard('callChanged').at(-1)?.call).toMatchObject({ id, phase: 'ended' });
});

const setPhoto = async (who: TestPerson) => {
  const jpeg = makeJpeg({ note: who.id }).toString('base64');
  return (await who.api.identity.setPhoto({ jpeg })).person.photoId ?? '';
};

test("the other's photo is the kept account's where that has none, and everybody is told", async () => {
  const photoId = await setPhoto(other);
  const { asOf } = await sync(carla, [await open(other, carla), await open(kept, carla)]);
  await merge();
  const both = [
    expect.objectContaining({ ...kept.me.person, version: 2, photoId }),
    { ...other.me.person, version: expect.any(Number), mergedInto: kept.id },
  ];
  const people = heard('personChanged').map(({ person }) => person);
  expect(people).toHaveLength(2);
  expect(people).toEqual(expect.arrayContaining(both));
  const later = await carla.api.sync.sync({ account: 0, asOf, chats: {} });
  expect(later.people).toEqual(expect.arrayContaining(people));
  expect((await carla.api.contacts.photo({ photoId })).type).toBe('image/jpeg');
  // It is theirs in all that follows.
  await kept.api.identity.removePhoto({});
  await expect(carla.api.contacts.photo({ photoId })).rejects.toEqual(failure('NOT_FOUND'));
});

test('an account with a photo keeps it, and the alias its own', async () => {
  const [mine, theirs] = [await setPhoto(kept), await setPhoto(other)];
  await merge();
  expect(heard('personChanged').map(({ person }) => [person.id, person.photoId])).toEqual([
    [other.id, theirs],
  ]);
  expect((await kept.api.identity.me({})).person.photoId).toBe(mine);
});

test('nobody is merged twice, with themselves, or into an alias; aliases of an alias stand for who stays', async () => {
  const dora = await server.person('Dora');
  await expect(merge(kept.id, kept.id)).rejects.toEqual(failure('CONFLICT'));
  await merge(other.id, dora.id);
  await expect(merge(kept.id, dora.id)).rejects.toEqual(failure('CONFLICT'));
  await merge();
  await expect(merge()).rejects.toEqual(failure('CONFLICT'));
  await expect(merge(other.id, carla.id)).rejects.toEqual(failure('CONFLICT'));
  await expect(merge(kept.id, createId())).rejects.toEqual(failure('NOT_FOUND'));
  const rows = await dataSource.query('SELECT merged_into FROM people WHERE id = ANY($1)', [
    [dora.id, other.id],
  ]);
  expect(rows).toEqual([{ merged_into: kept.id }, { merged_into: kept.id }]);
});

test('Telegram leads into the account that stays, which has one at most', async () => {
  const link = (userId: string, telegramId: number) =>
    dataSource.query(`INSERT INTO telegram_identities (telegram_id, user_id, name) VALUES ($1, $2, 'T')`, [
      telegramId,
      userId,
    ]);
  await link(other.id, 71);
  await link(carla.id, 72);
  // What the bot has said there is still changed and taken back.
  const [told, both] = [createId(), createId()];
  for (const [userId, subjectId] of [
    [other.id, told],
    [other.id, both],
    [kept.id, both],
  ])
    await dataSource.query(
      `INSERT INTO telegram_notices (user_id, subject_id, chat_id, kind, telegram_id) VALUES ($1, $2, $2, 'messages', 71)`,
      [userId, subjectId],
    );
  await merge();
  const notices = await dataSource.query(
    'SELECT user_id, subject_id FROM telegram_notices WHERE subject_id = ANY($1) ORDER BY subject_id',
    [[told, both]],
  );
  expect(notices).toEqual([told, both].sort().map((id) => ({ user_id: kept.id, subject_id: id })));
  const rows = await dataSource.query('SELECT user_id FROM telegram_identities WHERE telegram_id = 71');
  expect(rows).toEqual([{ user_id: kept.id }]);
  await expect(merge(kept.id, carla.id)).rejects.toEqual(failure('CONFLICT'));
  expect((await rowsOf(carla)).size).toBe(0);
});
