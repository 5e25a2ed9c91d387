import { type CopyReader, EMPTY_META } from './copy.ts';
import type { StoresTransaction } from './indexedDbCopy.ts';
import { allSeqs, membersOf, seqs, seqsOfSender } from './indexedDbKeys.ts';

/** Ranges with more seqs than this per wanted row are not read as a whole. */
const RANGE_PER_ROW = 4;

/** The questions of `CopyReader` as requests of one transaction. */
export function createReader(transaction: StoresTransaction<IDBTransactionMode>): CopyReader {
  const store = {
    meta: transaction.objectStore('meta'),
    heads: transaction.objectStore('heads'),
    messages: transaction.objectStore('messages'),
    members: transaction.objectStore('members'),
    people: transaction.objectStore('people'),
    accountChats: transaction.objectStore('accountChats'),
    heardOf: transaction.objectStore('heardOf'),
    outbox: transaction.objectStore('outbox'),
  };

  return {
    // Opening the copy has written the row; one that is gone is of no generation that anyone asked in.
    meta: async () => (await store.meta.get('meta')) ?? { ...EMPTY_META, generation: '' },
    head: async (chatId) => (await store.heads.get(chatId))?.head,
    heads: async () => (await store.heads.getAll()).map(({ head }) => head),
    async recentChatIds(limit) {
      const held = await store.heads.getAll();
      return held
        .sort((a, b) => b.changedAt - a.changedAt)
        .slice(0, limit)
        .map(({ head }) => head.chat.id);
    },
    message: (id) => store.messages.index('byId').get(id),
    messages: (chatId, fromSeq, toSeq) =>
      fromSeq > toSeq ? Promise.resolve([]) : store.messages.getAll(seqs(chatId, fromSeq, toSeq)),
    async newestMessage(chatId) {
      const cursor = await store.messages.openCursor(allSeqs(chatId), 'prev');
      return cursor?.value;
    },
    async messageVersions(messages) {
      const versions = new Map<string, number>();
      for (const [chatId, wanted] of Map.groupBy(messages, (message) => message.chatId)) {
        const wantedSeqs = wanted.map((message) => message.seq);
        const [from, to] = [Math.min(...wantedSeqs), Math.max(...wantedSeqs)];
        const isDense = to - from < wanted.length * RANGE_PER_ROW;
        const held = isDense
          ? await store.messages.getAll(seqs(chatId, from, to))
          : await Promise.all(wantedSeqs.map((seq) => store.messages.get([chatId, seq])));
        for (const row of held) if (row) versions.set(row.id, row.version);
      }
      return versions;
    },
    async seqsOf(chatId, senderId, fromSeq) {
      const keys = await store.messages.index('bySender').getAllKeys(seqsOfSender(chatId, senderId, fromSeq));
      return keys.map(([, seq]) => seq);
    },
    members: (chatId) => store.members.getAll(membersOf(chatId)),
    member: (chatId, userId) => store.members.get([chatId, userId]),
    person: (id) => store.people.get(id),
    people: () => store.people.getAll(),
    accountChat: (chatId) => store.accountChats.get(chatId),
    async heardOf() {
      const [chatIds, versions] = await Promise.all([store.heardOf.getAllKeys(), store.heardOf.getAll()]);
      return new Map(chatIds.map((chatId, index) => [chatId, versions[index] ?? 0]));
    },
    outbox: () => store.outbox.getAll(),
  };
}
