import type { CopyHead } from '@ahoy/shared/domain/applyDelta.ts';
import type { Command } from '@ahoy/shared/domain/command.ts';
import { createId } from '@ahoy/shared/domain/ids.ts';
import type { AccountChat, Member, Message, Person } from '@ahoy/shared/protocol/entities.ts';
import { noteAliases, showAliases } from './aliases.ts';
import {
  type Copy,
  type CopyMeta,
  type CopyReader,
  type CopyTransaction,
  EMPTY_META,
  type HeldPhoto,
  KEYS,
} from './copy.ts';
import { callPlaces, type MessageRows, rowsBetween, withRows } from './messageRows.ts';
import { createUndoableMap, type UndoableMap, type UndoLog } from './undoableMap.ts';

type Tables = {
  meta: UndoableMap<'meta', Omit<CopyMeta, 'generation'>>;
  heads: UndoableMap<string, CopyHead>;
  /** When a chat last changed, counted in changes. */
  used: UndoableMap<string, number>;
  messages: UndoableMap<string, MessageRows>;
  messagesById: UndoableMap<string, Message>;
  members: UndoableMap<string, ReadonlyMap<string, Member>>;
  people: UndoableMap<string, Person>;
  photos: UndoableMap<string, HeldPhoto>;
  accountChats: UndoableMap<string, AccountChat>;
  heardOf: UndoableMap<string, number>;
  outbox: UndoableMap<'outbox', readonly Command[]>;
};

/** The device's copy in memory: it lives as long as the page. */
export function createMemoryCopy(createGeneration: () => string = createId): Copy {
  const log: UndoLog = [];
  const tables: Tables = {
    meta: createUndoableMap(log),
    heads: createUndoableMap(log),
    used: createUndoableMap(log),
    messages: createUndoableMap(log),
    messagesById: createUndoableMap(log),
    members: createUndoableMap(log),
    people: createUndoableMap(log),
    photos: createUndoableMap(log),
    accountChats: createUndoableMap(log),
    heardOf: createUndoableMap(log),
    outbox: createUndoableMap(log),
  };
  let generation = createGeneration();
  const reader = createReader(tables, () => generation);
  const listeners = new Set<(touched: ReadonlySet<string>) => void>();
  let queue: Promise<unknown> = Promise.resolve();

  /** Reads and transactions run one after another, so that a view is always consistent. */
  function enqueue<T>(task: () => Promise<T>): Promise<T> {
    const done = queue.then(task);
    queue = done.catch(() => undefined);
    return done;
  }

  return {
    read: (fn) => enqueue(() => fn(showAliases(reader, tables.meta.get('meta')?.aliases ?? {}))),
    transaction: (fn) =>
      enqueue(async () => {
        const touched = new Set<string>();
        let isEmptied = false;
        const writer = createWriter(tables, (key) => touched.add(key));
        try {
          const result = await fn({
            ...reader,
            ...writer,
            async clear(options) {
              isEmptied = true;
              await writer.clear(options);
            },
          });
          if (isEmptied) generation = createGeneration();
          if (touched.size > 0) for (const listener of [...listeners]) listener(touched);
          return result;
        } catch (error) {
          for (const undo of log.reverse()) undo();
          throw error;
        } finally {
          log.length = 0;
        }
      }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    generation: () => generation,
    close: () => listeners.clear(),
  };
}

function createReader(tables: Tables, generation: () => string): CopyReader {
  return {
    meta: async () => ({ ...EMPTY_META, ...tables.meta.get('meta'), generation: generation() }),
    head: async (chatId) => tables.heads.get(chatId),
    heads: async () => [...tables.heads.map().values()],
    async recentChatIds(limit) {
      const held = [...tables.used.map()].filter(([chatId]) => tables.heads.get(chatId));
      return held
        .sort((a, b) => b[1] - a[1])
        .slice(0, limit)
        .map(([chatId]) => chatId);
    },
    message: async (id) => tables.messagesById.get(id),
    messages: async (chatId, fromSeq, toSeq) =>
      rowsBetween(tables.messages.get(chatId) ?? [], fromSeq, toSeq),
    newestMessage: async (chatId) => tables.messages.get(chatId)?.at(-1),
    async messageVersions(messages) {
      const held = messages.flatMap(({ id }) => tables.messagesById.get(id) ?? []);
      return new Map(held.map(({ id, version }) => [id, version]));
    },
    async seqsOf(chatId, senderId, fromSeq) {
      const rows = rowsBetween(tables.messages.get(chatId) ?? [], fromSeq, Number.POSITIVE_INFINITY);
      return rows.filter((row) => row.senderId === senderId).map((row) => row.seq);
    },
    calls: async () => callPlaces(tables.messages.map().values()),
    members: async (chatId) => [...(tables.members.get(chatId)?.values() ?? [])],
    member: async (chatId, userId) => tables.members.get(chatId)?.get(userId),
    person: async (id) => tables.people.get(id),
    people: async () => [...tables.people.map().values()],
    photo: async (personId) => tables.photos.get(personId),
    accountChat: async (chatId) => tables.accountChats.get(chatId),
    heardOf: async () => new Map(tables.heardOf.map()),
    outbox: async () => [...(tables.outbox.get('outbox') ?? [])],
  };
}

function createWriter(tables: Tables, touch: (key: string) => void): Omit<CopyTransaction, keyof CopyReader> {
  const outbox = () => tables.outbox.get('outbox') ?? [];

  function touchAll(...keys: string[]): void {
    for (const key of keys) touch(key);
  }

  function setRows(chatId: string, rows: MessageRows): void {
    tables.messages.set(chatId, rows);
    touchAll(KEYS.messages(chatId), KEYS.allMessages);
  }

  function setOutbox(commands: readonly Command[], ...chatIds: string[]): void {
    tables.outbox.set('outbox', commands);
    touchAll(KEYS.outbox, ...chatIds.map(KEYS.outboxOf));
  }

  function keepRows(chatId: string, isKept: (row: Message) => boolean): void {
    const [kept, gone] = [[] as Message[], [] as Message[]];
    for (const row of tables.messages.get(chatId) ?? []) (isKept(row) ? kept : gone).push(row);
    for (const row of gone) tables.messagesById.delete(row.id);
    setRows(chatId, kept);
  }

  function forgetRows(chatId: string, upToVersion: number): void {
    keepRows(chatId, (row) => row.version > upToVersion);
    tables.members.delete(chatId);
    touch(KEYS.members(chatId));
  }

  return {
    async putMeta(change) {
      tables.meta.set('meta', { ...EMPTY_META, ...tables.meta.get('meta'), ...change });
      touch(KEYS.meta);
      if (change.settings !== undefined) touch(KEYS.account);
    },
    async putHead(head) {
      tables.heads.set(head.chat.id, head);
      tables.used.set(head.chat.id, 1 + Math.max(0, ...tables.used.map().values()));
      touchAll(KEYS.chat(head.chat.id), KEYS.chats);
    },
    async putMessages(messages) {
      for (const [chatId, rows] of Map.groupBy(messages, (message) => message.chatId)) {
        setRows(chatId, withRows(tables.messages.get(chatId) ?? [], rows));
        for (const row of rows) tables.messagesById.set(row.id, row);
      }
    },
    async putMembers(chatId, members) {
      const next = new Map(tables.members.get(chatId));
      for (const member of members) next.set(member.userId, member);
      tables.members.set(chatId, next);
      touchAll(KEYS.members(chatId), KEYS.chats);
    },
    async putPeople(people) {
      for (const person of people) tables.people.set(person.id, person);
      touch(KEYS.people);
      const meta = { ...EMPTY_META, ...tables.meta.get('meta') };
      const aliases = noteAliases(meta.aliases, people);
      if (aliases === meta.aliases) return;
      tables.meta.set('meta', { ...meta, aliases });
      // Any row may name them.
      touchAll(KEYS.meta, KEYS.everything);
    },
    putPhoto: async (photo) => tables.photos.set(photo.personId, photo),
    dropPhoto: async (personId) => tables.photos.delete(personId),
    async dropPhotos() {
      const hadAny = tables.photos.map().size > 0;
      tables.photos.clear();
      return hadAny;
    },
    async putAccountChats(rows) {
      for (const row of rows) tables.accountChats.set(row.chatId, row);
      touchAll(KEYS.account, ...rows.map((row) => KEYS.chat(row.chatId)));
    },
    async putHeardOf(chatId, version) {
      if (version === null) tables.heardOf.delete(chatId);
      else tables.heardOf.set(chatId, version);
    },
    clearChat: async (chatId, upToVersion) => forgetRows(chatId, upToVersion),
    dropMessagesBelow: async (chatId, seq) => keepRows(chatId, (row) => row.seq >= seq),
    async dropChat(chatId) {
      forgetRows(chatId, Number.POSITIVE_INFINITY);
      tables.heads.delete(chatId);
      tables.used.delete(chatId);
      tables.heardOf.delete(chatId);
      touchAll(KEYS.chat(chatId), KEYS.chats);
    },
    addCommand: async (command) => setOutbox([...outbox(), command], command.chatId),
    updateCommand: async (command) =>
      setOutbox(
        outbox().map((held) => (held.id === command.id ? command : held)),
        command.chatId,
      ),
    async dropCommand(commandId) {
      const gone = outbox().find((held) => held.id === commandId);
      if (gone)
        setOutbox(
          outbox().filter((held) => held !== gone),
          gone.chatId,
        );
    },
    async clear({ keepsOutbox }) {
      touchAll(KEYS.chats, KEYS.allMessages, KEYS.people, KEYS.account, KEYS.outbox, KEYS.meta);
      for (const chatId of tables.heads.map().keys())
        touchAll(KEYS.chat(chatId), KEYS.messages(chatId), KEYS.members(chatId));
      const { outbox: _, ...rest } = tables;
      for (const table of Object.values(rest)) table.clear();
      if (!keepsOutbox) setOutbox([], ...new Set(outbox().map((command) => command.chatId)));
    },
  };
}
