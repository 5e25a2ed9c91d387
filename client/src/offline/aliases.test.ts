import 'fake-indexeddb/auto';
import { createId, directChatId, savedChatId } from '@ahoy/shared/domain/ids.ts';
import type { Member, Message, Person } from '@ahoy/shared/protocol/entities.ts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { findPairChat, keptOf, noteAliases } from './aliases.ts';
import { readChatList } from './chatList.ts';
import { chatWindowQuery } from './chatWindow.ts';
import { moveCommands } from './commandRules.ts';
import type { Copy, CopyTransaction } from './copy.ts';
import { openCopyDatabase } from './database.ts';
import { createIndexedDbCopy } from './indexedDbCopy.ts';
import { liveQuery } from './liveQuery.ts';
import { createMemoryCopy } from './memoryCopy.ts';
import { createCommands } from './outbox.ts';
import { chatHeaderQuery, chatListQuery } from './queries.ts';
import { searchMessages } from './search/searchMessages.ts';
import { searchPeople } from './search/searchPeople.ts';
import { unreadCountsQuery, unreadTotal } from './unreadCounts.ts';

const ME = '00000000-0000-7000-8000-000000000001';
/** An account of mine that became an alias. */
const OLD_ME = '00000000-0000-7000-8000-000000000002';
const ADA = '00000000-0000-7000-8000-000000000003';
const OLD_ADA = '00000000-0000-7000-8000-000000000004';
const AT = '2026-01-01T00:00:00.000Z';

const COPIES: Record<string, () => Promise<Copy>> = {
  memory: async () => createMemoryCopy(),
  async IndexedDB() {
    const database = await openCopyDatabase(createId(), {
      onLost: () => undefined,
      onOutdated: () => undefined,
    });
    const channel = { post: () => undefined, listen: () => undefined, close: () => undefined };
    return createIndexedDbCopy({ database, channel, now: Date.now, createGeneration: createId });
  },
};

const person = (id: string, name: string, mergedInto?: string): Person => ({
  ...{ id, version: mergedInto ? 2 : 1, name, username: null, about: '' },
  ...(mergedInto && { mergedInto }),
});
const member = (userId: string, isIn: boolean, readSeq = 0): Member => ({
  ...{ userId, version: 1, isIn, role: 'member', since: 1, readSeq, deliveredSeq: readSeq },
});
const message = (chatId: string, seq: number, senderId: string, text: string): Message => ({
  ...{ id: `${chatId}-${seq}`, chatId, seq, version: seq, senderId, kind: 'text', text, replyToId: null },
  ...{ createdAt: AT.replace('00.000', `0${seq}.000`), editedAt: null, deletedAt: null, textStamp: 0 },
});
async function putChat(tx: CopyTransaction, chatId: string, senders: string[], members: Member[]) {
  const chat = { id: chatId, kind: 'direct' as const, title: null, rowVersion: 1, createdAt: AT };
  await tx.putHead({
    ...{ version: 9, floor: 0, membersUpTo: null },
    chat: { ...chat, lastSeq: senders.length, memberCount: 2 },
  });
  await tx.putMembers(chatId, members);
  await tx.putMessages(senders.map((by, index) => message(chatId, index + 1, by, `hello ${index + 1}`)));
  await tx.putAccountChats([{ chatId, version: 1, isIn: true, at: 1, readSeq: 0, own: 0, last: 0 }]);
}

describe.each(Object.entries(COPIES))('aliases in a copy in %s', (_, create) => {
  let copy: Copy;
  const others = directChatId(OLD_ME, ADA);

  /** My old account's chat with Ada, which I am in now. */
  beforeEach(async () => {
    copy = await create();
    await copy.transaction(async (tx) => {
      await tx.putPeople([person(ME, 'Me'), person(ADA, 'Ada'), person(OLD_ME, 'Old me', ME)]);
      await putChat(
        tx,
        others,
        [OLD_ME, ADA, OLD_ME],
        [member(OLD_ME, false), member(ADA, true, 2), member(ME, true)],
      );
    });
  });

  it('own aliases are me: sides, unread, marks, and the other one of a chat', async () => {
    const window = await copy.read(chatWindowQuery(ME, others, 1, Number.POSITIVE_INFINITY).read);
    expect(window?.lines.map((line) => line.senderId)).toEqual([ME, ADA, ME]);
    expect(window).toMatchObject({ unread: 1, firstUnreadSeq: 2, newestOfOthersSeq: 2, othersReadSeq: 2 });
    expect(window?.members.map((row) => [row.userId, row.isIn])).toEqual([
      [ME, true],
      [ADA, true],
    ]);
    const [item] = await copy.read((tx) => readChatList(tx, ME));
    expect(item).toMatchObject({ peer: { id: ADA }, unread: 1, lastLine: { senderId: ME } });
    const counts = await copy.read((tx) => unreadCountsQuery(ME).read(tx));
    expect(unreadTotal(counts, 0)).toBe(1);
    const { hits } = await searchMessages(copy, ME, 'hello', { limit: 9 });
    expect(hits.map((hit) => hit.sender?.name)).toEqual(['Me', 'Ada', 'Me']);
  });

  it('somebody who is merged later is shown as who they are now, everywhere at once', async () => {
    const withOld = directChatId(ME, OLD_ADA);
    await copy.transaction(async (tx) => {
      await tx.putPeople([person(OLD_ADA, 'Old Ada')]);
      await putChat(tx, withOld, [OLD_ADA], [member(ME, true), member(OLD_ADA, true)]);
    });
    const list = liveQuery(copy, chatListQuery(ME));
    const names = () =>
      list
        .getSnapshot()
        ?.map((item) => `${item.peer?.name} ${item.lastSender?.name}`)
        .sort();
    const stop = list.subscribe(() => undefined);
    await vi.waitFor(() => expect(names()).toEqual(['Ada Me', 'Old Ada Old Ada']));
    await copy.transaction((tx) => tx.putPeople([person(OLD_ADA, 'Old Ada', ADA)]));
    await vi.waitFor(() => expect(names()).toEqual(['Ada Ada', 'Ada Me']));
    stop();
    // A list of people has them once.
    const people = await copy.read((tx) => tx.people());
    expect(people.map((each) => each.name).sort()).toEqual(['Ada', 'Me']);
    const found = await copy.read((tx) => searchPeople(tx, ME, 'ada', 9));
    expect(found).toMatchObject([{ person: { id: ADA } }]);
  });

  it('opening a chat finds the one held, without the server; else it is that of the accounts that stay', async () => {
    const onWaiting = vi.fn();
    const options = { copy, me: () => ME, now: Date.now, onWaiting };
    const commands = createCommands(options);
    expect(await commands.openDirect(person(ADA, 'Ada'))).toBe(others);
    expect(await copy.read((tx) => tx.outbox())).toEqual([]);
    const eve = { id: createId(), old: createId() };
    await copy.transaction((tx) => tx.putPeople([person(eve.id, 'Eve'), person(eve.old, 'Old', eve.id)]));
    expect(await commands.openDirect(person(eve.old, 'Old', eve.id))).toBe(directChatId(ME, eve.id));
    expect(await commands.openSaved()).toBe(savedChatId(ME));
    expect(await copy.read((tx) => tx.outbox())).toMatchObject([{ personId: eve.id }, { personId: ME }]);
    expect(onWaiting).toHaveBeenCalledTimes(3);
  });

  it('what was written into a chat that turns out to be another one goes there', async () => {
    const { openDirect, send } = createCommands({
      ...{ copy, me: () => ME, now: Date.now, onWaiting: () => undefined },
    });
    const opened = await openDirect(person(createId(), 'Eve'));
    for (const text of ['one', 'two']) await send(opened, text);
    await send(others, 'to Ada');
    await copy.transaction((tx) => moveCommands(tx, opened, others));
    const outbox = await copy.read((tx) => tx.outbox());
    expect(outbox.map((each) => [each.chatId, each.kind === 'send' ? each.text : each.kind])).toEqual([
      [opened, 'openDirect'],
      [others, 'to Ada'],
      [others, 'one'],
      [others, 'two'],
    ]);
  });

  it('of two chats with one person the one in sight is opened', async () => {
    const own = directChatId(ME, ADA);
    const findPair = () => copy.read(async (tx) => findPairChat(tx, (await tx.meta()).aliases, ME, ADA));
    await copy.transaction((tx) => putChat(tx, own, [ADA], [member(ME, true), member(ADA, true)]));
    expect(await findPair()).toBe(others);
    const row = { chatId: others, version: 5, isIn: true, at: 1, readSeq: 0, own: 0, last: 0 };
    await copy.transaction((tx) => tx.putAccountChats([{ ...row, isArchived: true }]));
    expect(await findPair()).toBe(own);
    const items = await copy.read((tx) => readChatList(tx, ME));
    expect(items.map((item) => [item.chatId, item.isArchived])).toEqual([
      [others, true],
      [own, false],
    ]);
  });

  it('the chat of two accounts of mine is one with myself', async () => {
    const common = directChatId(ME, OLD_ME);
    await copy.transaction((tx) =>
      putChat(tx, common, [ME, OLD_ME], [member(ME, true), member(OLD_ME, false)]),
    );
    expect(await copy.read(chatHeaderQuery(ME, common).read)).toMatchObject({
      ...{ kind: 'saved', peer: null, unread: 0 },
    });
  });

  it('an alias is shown by its own name while whom it stands for is not known', async () => {
    const unknown = createId();
    await copy.transaction((tx) => tx.putPeople([person(OLD_ADA, 'Old Ada', unknown)]));
    const shown = { id: unknown, name: 'Old Ada' };
    expect(await copy.read((tx) => tx.person(OLD_ADA))).toMatchObject(shown);
    expect(await copy.read((tx) => tx.people())).toContainEqual(expect.objectContaining(shown));
    await copy.transaction((tx) => tx.putPeople([person(unknown, 'Ada now')]));
    expect(await copy.read((tx) => tx.person(OLD_ADA))).toMatchObject({ id: unknown, name: 'Ada now' });
    // Whatever writes sees what the server said.
    expect(await copy.transaction((tx) => tx.person(OLD_ADA))).toMatchObject({ mergedInto: unknown });
  });

  it('an alias has the photo of whom it stands for', async () => {
    const photo = { personId: ADA, photoId: createId(), jpeg: new ArrayBuffer(8) };
    await copy.transaction(async (tx) => {
      await tx.putPhoto(photo);
      await tx.putPeople([person(OLD_ADA, 'Old Ada', ADA)]);
    });
    expect(await copy.read((tx) => tx.photo(OLD_ADA))).toEqual(photo);
    expect(await copy.transaction((tx) => tx.photo(OLD_ADA))).toBeUndefined();
  });

  it('an emptied copy knows no aliases', async () => {
    await copy.read((tx) => tx.person(OLD_ME));
    await copy.transaction((tx) => tx.clear({ keepsOutbox: false }));
    await copy.transaction((tx) => tx.putPeople([person(OLD_ME, 'Somebody else')]));
    expect(await copy.read((tx) => tx.person(OLD_ME))).toMatchObject({ id: OLD_ME, name: 'Somebody else' });
  });
});

describe('whom an id stands for', () => {
  it('is found through what was merged since, and ends where ids lead in a circle', () => {
    const aliases = noteAliases(noteAliases({}, [person('a', 'A', 'b')]), [person('b', 'B', 'c')]);
    expect([keptOf(aliases, 'a'), keptOf(aliases, 'c')]).toEqual(['c', 'c']);
    expect(noteAliases(aliases, [person('a', 'A', 'b'), person('d', 'D')])).toBe(aliases);
    expect(typeof keptOf({ x: 'y', y: 'x' }, 'x')).toBe('string');
  });
});
