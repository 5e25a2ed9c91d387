import type { CopyHead } from '@ahoy/shared/domain/applyDelta.ts';
import type { Command } from '@ahoy/shared/domain/command.ts';
import type {
  AccountChat,
  AccountSettings,
  Member,
  Message,
  Person,
} from '@ahoy/shared/protocol/entities.ts';
import type { Aliases } from './aliases.ts';

/**
 * The device's copy (docs/sync.md): only what the server said, and the outbox. The screen reads chats, messages and
 * people from here and from nowhere else; only `writeDelta.ts` and the outbox write into it.
 */
export type Copy = {
  /** A consistent view, in which aliases are whom they stand for. `fn` awaits nothing but calls of `tx`. */
  read<T>(fn: (tx: CopyReader) => Promise<T>): Promise<T>;
  /** All or nothing, one after another; its rows are as the server said them. `fn` awaits nothing but calls of `tx`; if it throws, nothing is written. */
  transaction<T>(fn: (tx: CopyTransaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Hears which keys (see `KEYS`) each transaction touched; returns how to stop. */
  subscribe(listener: (touched: ReadonlySet<string>) => void): () => void;
  /** `CopyMeta.generation` as this page saw it last; compared inside the transaction that it matters for. */
  generation(): string;
  /** Lets go of what it holds open; what is asked afterwards is rejected. */
  close(): void;
};

export type TransactionOptions = {
  /** Resolves only when the rows have left the system's memory: for what a person typed. */
  isDurable?: boolean;
  /** What it writes can be had again: where there is no room it is refused, and nothing is given up for it. */
  isExpendable?: boolean;
};

/** What a live query may depend on. A change of `messages:<id>` touches `messages` as well. */
export const KEYS = {
  /** The copy itself was exchanged: whatever was read is to be read again. */
  everything: '*',
  chats: 'chats',
  chat: (chatId: string) => `chat:${chatId}`,
  allMessages: 'messages',
  messages: (chatId: string) => `messages:${chatId}`,
  members: (chatId: string) => `members:${chatId}`,
  people: 'people',
  account: 'account',
  outbox: 'outbox',
  outboxOf: (chatId: string) => `outbox:${chatId}`,
  meta: 'meta',
} as const;

export type CopyMeta = {
  /** Whose copy this is; null before the first sign-in. */
  userId: string | null;
  databaseId: string | null;
  /** Changes when the copy is emptied or lost: what was asked or heard before is dropped. */
  generation: string;
  /** Account version held. */
  account: number;
  /** From the last answer of `sync`; null: nothing is held yet. */
  asOf: string | null;
  settings: AccountSettings | null;
  /** Kept in step with the people held. */
  aliases: Aliases;
  /** The whole outbox waits: the server asked for it, or cannot be reached. Times in milliseconds of the epoch. */
  pause: { until: number; isAskedByServer: boolean } | null;
};

export const EMPTY_META: Omit<CopyMeta, 'generation'> = {
  ...{ userId: null, databaseId: null, account: 0, asOf: null, settings: null, pause: null, aliases: {} },
};

/** A person's photo as the server gave it. */
export type HeldPhoto = { personId: string; photoId: string; jpeg: ArrayBuffer };

export type CallPlace = { chatId: string; seq: number };

export type CopyReader = {
  meta(): Promise<CopyMeta>;
  head(chatId: string): Promise<CopyHead | undefined>;
  heads(): Promise<CopyHead[]>;
  /** Ids of chats held, those with the latest change first. */
  recentChatIds(limit: number): Promise<string[]>;
  message(id: string): Promise<Message | undefined>;
  /** In order of seq, both bounds inclusive. */
  messages(chatId: string, fromSeq: number, toSeq: number): Promise<Message[]>;
  newestMessage(chatId: string): Promise<Message | undefined>;
  /** Versions of those that are held, by id. */
  messageVersions(messages: readonly Pick<Message, 'id' | 'chatId' | 'seq'>[]): Promise<Map<string, number>>;
  /** Seqs of this sender's messages that are held, from `fromSeq` on, in order. */
  seqsOf(chatId: string, senderId: string, fromSeq: number): Promise<number[]>;
  /** Where the messages of calls stand that are held, the latest call first; deleted ones included. */
  calls(): Promise<CallPlace[]>;
  members(chatId: string): Promise<Member[]>;
  member(chatId: string, userId: string): Promise<Member | undefined>;
  person(id: string): Promise<Person | undefined>;
  /** Everyone whom the device knows. */
  people(): Promise<Person[]>;
  photo(personId: string): Promise<HeldPhoto | undefined>;
  accountChat(chatId: string): Promise<AccountChat | undefined>;
  /** The highest version heard of, per chat, where it is still to be reached. */
  heardOf(): Promise<ReadonlyMap<string, number>>;
  /** In the order of sending. */
  outbox(): Promise<Command[]>;
};

export type CopyTransaction = CopyReader & {
  putMeta(change: Partial<CopyMeta>): Promise<void>;
  putHead(head: CopyHead): Promise<void>;
  putMessages(messages: readonly Message[]): Promise<void>;
  putMembers(chatId: string, members: readonly Member[]): Promise<void>;
  putPeople(people: readonly Person[]): Promise<void>;
  /** In place of the person's last one. Touches no key: whoever shows photos fetches what is missing. */
  putPhoto(photo: HeldPhoto): Promise<void>;
  dropPhoto(personId: string): Promise<void>;
  /** Forgets them all; whether there were any. */
  dropPhotos(): Promise<boolean>;
  putAccountChats(rows: readonly AccountChat[]): Promise<void>;
  /** null: reached, or no longer wanted. */
  putHeardOf(chatId: string, version: number | null): Promise<void>;
  /** Forgets the members of a chat, and its messages up to this version. */
  clearChat(chatId: string, upToVersion: number): Promise<void>;
  /** Forgets the messages of a chat below this seq. */
  dropMessagesBelow(chatId: string, seq: number): Promise<void>;
  /** Forgets a chat with all its rows, but not one's own account row. */
  dropChat(chatId: string): Promise<void>;
  /** Joins the tail. */
  addCommand(command: Command): Promise<void>;
  /** Keeps its place; nothing when it is gone. */
  updateCommand(command: Command): Promise<void>;
  dropCommand(commandId: string): Promise<void>;
  /** Empties everything, or everything but the outbox. */
  clear(options: { keepsOutbox: boolean }): Promise<void>;
};
