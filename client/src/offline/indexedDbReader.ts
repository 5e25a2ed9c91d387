import { type CopyReader, EMPTY_META } from './copy.ts';
import type { STORES } from './database.ts';
import type { StoresTransaction } from './indexedDbCopy.ts';
import { allSeqs, membersOf, seqs, seqsOfSender } from './indexedDbKeys.ts';
import { readTogether, shareInTick } from './oneTick.ts';

/** Ranges with more seqs than this per wanted row are not read as a whole. */
const RANGE_PER_ROW = 4;

/** From so many on, reading a whole store (one row per chat, or person) is faster than row by row. */
const MANY_ROWS = 16;

/** The questions of `CopyReader` as requests of one transaction, which the first question begins. */
export function createReader(begin: () => StoresTransaction<IDBTransactionMode>): CopyReader {
  let begun: StoresTransaction<IDBTransactionMode> | undefined;
  const storeOf = <Name extends (typeof STORES)[number]>(name: Name) => {
    begun ??= begin();
    return begun.objectStore(name);
  };
  const headRow = readTogether({
    get: (chatId) => storeOf('heads').get(chatId),
    getAll: () => storeOf('heads').getAll(),
    keyOf: ({ head }) => head.chat.id,
    many: MANY_ROWS,
  });
  const person = readTogether({
    get: (id) => storeOf('people').get(id),
    getAll: () => storeOf('people').getAll(),
    keyOf: ({ id }) => id,
    many: MANY_ROWS,
  });
  const accountChat = readTogether({
    get: (chatId) => storeOf('accountChats').get(chatId),
    getAll: () => storeOf('accountChats').getAll(),
    keyOf: (row) => row.chatId,
    many: MANY_ROWS,
  });
  const outbox = shareInTick(() => storeOf('outbox').getAll());
  const heardOf = shareInTick(async () => {
    const store = storeOf('heardOf');
    const [chatIds, versions] = await Promise.all([store.getAllKeys(), store.getAll()]);
    return new Map(chatIds.map((chatId, index) => [chatId, versions[index] ?? 0]));
  });

  return {
    // Opening the copy has written the row; one that is gone is of no generation that anyone asked in.
    meta: async () => ({ ...EMPTY_META, generation: '', ...(await storeOf('meta').get('meta')) }),
    head: async (chatId) => (await headRow(chatId))?.head,
    heads: async () => (await storeOf('heads').getAll()).map(({ head }) => head),
    async recentChatIds(limit) {
      const held = await storeOf('heads').getAll();
      return held
        .sort((a, b) => b.changedAt - a.changedAt)
        .slice(0, limit)
        .map(({ head }) => head.chat.id);
    },
    message: (id) => storeOf('messages').index('byId').get(id),
    messages: (chatId, fromSeq, toSeq) =>
      fromSeq > toSeq ? Promise.resolve([]) : storeOf('messages').getAll(seqs(chatId, fromSeq, toSeq)),
    async newestMessage(chatId) {
      const cursor = await storeOf('messages').openCursor(allSeqs(chatId), 'prev');
      return cursor?.value;
    },
    async messageVersions(messages) {
      const versions = new Map<string, number>();
      for (const [chatId, wanted] of Map.groupBy(messages, (message) => message.chatId)) {
        const wantedSeqs = wanted.map((message) => message.seq);
        const [from, to] = [Math.min(...wantedSeqs), Math.max(...wantedSeqs)];
        const isDense = to - from < wanted.length * RANGE_PER_ROW;
        const held = isDense
          ? await storeOf('messages').getAll(seqs(chatId, from, to))
          : await Promise.all(wantedSeqs.map((seq) => storeOf('messages').get([chatId, seq])));
        for (const row of held) if (row) versions.set(row.id, row.version);
      }
      return versions;
    },
    async seqsOf(chatId, senderId, fromSeq) {
      const keys = await storeOf('messages')
        .index('bySender')
        .getAllKeys(seqsOfSender(chatId, senderId, fromSeq));
      return keys.map(([, seq]) => seq);
    },
    async calls() {
      const keys = await storeOf('messages').index('byCall').getAllKeys();
      return keys.map(([chatId, seq]) => ({ chatId, seq })).reverse();
    },
    members: (chatId) => storeOf('members').getAll(membersOf(chatId)),
    member: (chatId, userId) => storeOf('members').get([chatId, userId]),
    person,
    people: () => storeOf('people').getAll(),
    photo: (personId) => storeOf('photos').get(personId),
    accountChat,
    heardOf,
    outbox,
  };
}
