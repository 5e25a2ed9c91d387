import { type IDBPObjectStore, type StoreKey, type StoreNames, type StoreValue, unwrap } from 'idb';
import { noteAliases } from './aliases.ts';
import { type CopyMeta, type CopyReader, type CopyTransaction, EMPTY_META, KEYS } from './copy.ts';
import { type CopyDatabase, type CopySchema, STORES } from './database.ts';
import type { StoresTransaction } from './indexedDbCopy.ts';
import { allSeqs, membersOf, seqs } from './indexedDbKeys.ts';

type WriterOptions = {
  touch: (key: string) => void;
  now: () => number;
  createGeneration: () => string;
};

/** The changes of `CopyTransaction` as requests of one transaction. */
export function createWriter(
  transaction: StoresTransaction<'readwrite'>,
  { touch, now, createGeneration }: WriterOptions,
): Omit<CopyTransaction, keyof CopyReader> {
  const meta = transaction.objectStore('meta');
  const heads = transaction.objectStore('heads');
  const messages = transaction.objectStore('messages');
  const members = transaction.objectStore('members');
  const people = transaction.objectStore('people');
  const photos = transaction.objectStore('photos');
  const accountChats = transaction.objectStore('accountChats');
  const heardOf = transaction.objectStore('heardOf');
  const outbox = transaction.objectStore('outbox');

  function touchAll(...keys: string[]): void {
    for (const key of keys) touch(key);
  }

  const touchMessages = (chatId: string) => touchAll(KEYS.messages(chatId), KEYS.allMessages);

  async function forgetMembers(chatId: string): Promise<void> {
    await members.delete(membersOf(chatId));
    touch(KEYS.members(chatId));
  }

  return {
    async putMeta(change) {
      const held = { ...emptyMeta(createGeneration()), ...(await meta.get('meta')) };
      await meta.put({ ...held, ...change }, 'meta');
      touch(KEYS.meta);
      if (change.settings !== undefined) touch(KEYS.account);
    },
    async putHead(head) {
      put(heads, { head, changedAt: now() }, head.chat.id);
      touchAll(KEYS.chat(head.chat.id), KEYS.chats);
    },
    async putMessages(rows) {
      for (const row of rows) put(messages, row);
      for (const row of rows) touchMessages(row.chatId);
    },
    async putMembers(chatId, rows) {
      for (const row of rows) put(members, row, [chatId, row.userId]);
      touchAll(KEYS.members(chatId), KEYS.chats);
    },
    async putPeople(rows) {
      for (const row of rows) put(people, row);
      touch(KEYS.people);
      if (!rows.some(({ mergedInto }) => mergedInto)) return;
      const held = { ...emptyMeta(createGeneration()), ...(await meta.get('meta')) };
      const aliases = noteAliases(held.aliases, rows);
      if (aliases === held.aliases) return;
      await meta.put({ ...held, aliases }, 'meta');
      // Any row may name them.
      touchAll(KEYS.meta, KEYS.everything);
    },
    async putPhoto(photo) {
      put(photos, photo);
    },
    dropPhoto: (personId) => photos.delete(personId),
    async dropPhotos() {
      const hadAny = (await photos.count()) > 0;
      if (hadAny) await photos.clear();
      return hadAny;
    },
    async putAccountChats(rows) {
      for (const row of rows) put(accountChats, row);
      touchAll(KEYS.account, ...rows.map((row) => KEYS.chat(row.chatId)));
    },
    async putHeardOf(chatId, version) {
      if (version === null) await heardOf.delete(chatId);
      else put(heardOf, version, chatId);
    },
    async clearChat(chatId, upToVersion) {
      const newer = (await messages.getAll(allSeqs(chatId))).filter((row) => row.version > upToVersion);
      await messages.delete(allSeqs(chatId));
      for (const row of newer) put(messages, row);
      touchMessages(chatId);
      await forgetMembers(chatId);
    },
    async dropMessagesBelow(chatId, seq) {
      await messages.delete(seqs(chatId, 0, seq - 1));
      touchMessages(chatId);
    },
    async dropChat(chatId) {
      await messages.delete(allSeqs(chatId));
      touchMessages(chatId);
      await forgetMembers(chatId);
      await heads.delete(chatId);
      await heardOf.delete(chatId);
      touchAll(KEYS.chat(chatId), KEYS.chats);
    },
    async addCommand(command) {
      await outbox.add(command);
      touchAll(KEYS.outbox, KEYS.outboxOf(command.chatId));
    },
    async updateCommand(command) {
      const key = await outbox.index('byId').getKey(command.id);
      if (key === undefined) return;
      await outbox.put(command, key);
      touchAll(KEYS.outbox, KEYS.outboxOf(command.chatId));
    },
    async dropCommand(commandId) {
      const key = await outbox.index('byId').getKey(commandId);
      const gone = key === undefined ? undefined : await outbox.get(key);
      if (key === undefined || !gone) return;
      await outbox.delete(key);
      touchAll(KEYS.outbox, KEYS.outboxOf(gone.chatId));
    },
    async clear({ keepsOutbox }) {
      touchAll(KEYS.chats, KEYS.allMessages, KEYS.people, KEYS.account, KEYS.outbox, KEYS.meta);
      for (const chatId of await heads.getAllKeys())
        touchAll(KEYS.chat(chatId), KEYS.messages(chatId), KEYS.members(chatId));
      for (const { chatId } of await outbox.getAll()) touch(KEYS.outboxOf(chatId));
      for (const name of STORES)
        if (name !== 'outbox' || !keepsOutbox) await transaction.objectStore(name).clear();
      await meta.put(emptyMeta(createGeneration()), 'meta');
    },
  };
}

/** Not waited for: requests keep their order, and one that fails ends the whole transaction with its error. */
function put<Name extends StoreNames<CopySchema>>(
  store: IDBPObjectStore<CopySchema, typeof STORES, Name, 'readwrite'>,
  value: StoreValue<CopySchema, Name>,
  key?: StoreKey<CopySchema, Name>,
): void {
  unwrap(store).put(value, key);
}

/** Gives a new database its first generation; resolves with the one that holds. */
export async function startGeneration(
  database: CopyDatabase,
  createGeneration: () => string,
): Promise<string> {
  const transaction = database.transaction('meta', 'readwrite');
  const held = await transaction.store.get('meta');
  const meta = held ?? emptyMeta(createGeneration());
  if (!held) await transaction.store.put(meta, 'meta');
  await transaction.done;
  return meta.generation;
}

function emptyMeta(generation: string): CopyMeta {
  return { ...EMPTY_META, generation };
}
