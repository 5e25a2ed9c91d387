import type { CopyHead } from '@ahoy/shared/domain/applyDelta.ts';
import type { Command } from '@ahoy/shared/domain/command.ts';
import type { AccountChat, Member, Message, Person } from '@ahoy/shared/protocol/entities.ts';
import {
  type DBSchema,
  deleteDB,
  type IDBPDatabase,
  type IDBPTransaction,
  openDB,
  type StoreNames,
} from 'idb';
import type { CopyMeta, HeldPhoto } from './copy.ts';

/**
 * The stores of one person's copy. A change of this shape is one more step in `MIGRATIONS`; steps that were released
 * are never changed. An older page closes when a newer one opens, and an older one never opens a newer database.
 */
export interface CopySchema extends DBSchema {
  meta: { key: 'meta'; value: CopyMeta };
  heads: { key: string; value: { head: CopyHead; changedAt: number } };
  /** `seq` is dense per chat, so pages and holes are ranges of the key. */
  messages: {
    key: [chatId: string, seq: number];
    value: Message;
    indexes: {
      byId: string;
      bySender: [chatId: string, senderId: string, seq: number];
      /** When a call began. Messages of other kinds have no such field, so they are not in it. */
      byCall: string;
    };
  };
  members: { key: [chatId: string, userId: string]; value: Member };
  people: { key: string; value: Person };
  photos: { key: string; value: HeldPhoto };
  accountChats: { key: string; value: AccountChat };
  heardOf: { key: string; value: number };
  /** Keys count up: the order of sending. */
  outbox: { key: number; value: Command; indexes: { byId: string } };
}

export type CopyDatabase = IDBPDatabase<CopySchema>;

type Upgrade = IDBPTransaction<CopySchema, StoreNames<CopySchema>[], 'versionchange'>;

const MIGRATIONS: readonly ((database: CopyDatabase, upgrade: Upgrade) => void)[] = [
  (database) => {
    database.createObjectStore('meta');
    database.createObjectStore('heads');
    const messages = database.createObjectStore('messages', { keyPath: ['chatId', 'seq'] });
    messages.createIndex('byId', 'id', { unique: true });
    messages.createIndex('bySender', ['chatId', 'senderId', 'seq']);
    database.createObjectStore('members');
    database.createObjectStore('people', { keyPath: 'id' });
    database.createObjectStore('accountChats', { keyPath: 'chatId' });
    database.createObjectStore('heardOf');
    const outbox = database.createObjectStore('outbox', { autoIncrement: true });
    outbox.createIndex('byId', 'id', { unique: true });
  },
  (_, upgrade) => {
    upgrade.objectStore('messages').createIndex('byCall', 'call.startedAt');
  },
  (database) => {
    database.createObjectStore('photos', { keyPath: 'personId' });
  },
];

export const STORES = [
  ...(['meta', 'heads', 'messages', 'members'] as const),
  ...(['people', 'photos', 'accountChats', 'heardOf', 'outbox'] as const),
] as const;

export type DatabaseEvents = {
  /** A newer version of the app wants the database: this page has let go of it. */
  onOutdated: () => void;
  /** The browser, or someone, closed or deleted the database. */
  onLost: () => void;
};

/** Each person has a database of their own, so that nobody meets the rows of another. */
const nameOf = (userId: string) => `ahoy:${userId}`;

/** Rejects with `VersionError` where a newer version of the app has been here, and where the browser has no storage for us. */
export async function openCopyDatabase(userId: string, events: DatabaseEvents): Promise<CopyDatabase> {
  const database = await openDB<CopySchema>(nameOf(userId), MIGRATIONS.length, {
    upgrade(opened, oldVersion, _, transaction) {
      for (const migration of MIGRATIONS.slice(oldVersion)) migration(opened, transaction);
    },
    terminated: events.onLost,
  });
  database.addEventListener('versionchange', (event) => {
    database.close();
    if (event.newVersion === null) events.onLost();
    else events.onOutdated();
  });
  return database;
}

/** Whether this browser holds a copy of this person; where it cannot say so, it may. */
export async function hasCopyDatabase(userId: string): Promise<boolean> {
  if (!('databases' in indexedDB)) return true;
  return (await indexedDB.databases()).some(({ name }) => name === nameOf(userId));
}

export async function deleteCopyDatabase(userId: string): Promise<void> {
  await deleteDB(nameOf(userId));
}
