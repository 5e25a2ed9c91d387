import type { Command } from '@ahoy/shared/domain/command.ts';
import type { Line } from '@ahoy/shared/domain/project.ts';
import type { ErrorCode } from '@ahoy/shared/errors.ts';
import type { AccountChat, Chat, Member, Person } from '@ahoy/shared/protocol/entities.ts';
import type { CopyMeta } from './copy.ts';
import type { Cancelling, PersonsCommand } from './outboxRules.ts';

/** A row of the chat list. */
export type ChatListItem = {
  chatId: string;
  kind: Chat['kind'];
  title: string | null;
  /** The other one of a direct chat. */
  peer: Person | null;
  lastLine: Line | null;
  /** Who wrote the last line; null when it is not known yet. */
  lastSender: Person | null;
  unread: number;
  /** ISO time, which may have passed; null: never muted. */
  mutedUntil: string | null;
  /** Kept in a list of its own. */
  isArchived: boolean;
  /** How far the others have read and received: own lines up to there carry two marks, or one. */
  othersReadSeq: number;
  othersDeliveredSeq: number;
  /** ISO time of the last line, or of the chat. */
  sortTime: string;
  /** Opened here, and not yet known to the server. */
  isPending: boolean;
};

export type ChatHeader = {
  chatId: string;
  kind: Chat['kind'];
  title: string | null;
  peer: Person | null;
  memberCount: number;
  lastSeq: number;
  unread: number;
  /** I block the other one of a direct chat. */
  hasBlocked: boolean;
  /** ISO time, which may have passed; null: never muted. */
  mutedUntil: string | null;
  /** Kept in a list of its own. */
  isArchived: boolean;
  isPending: boolean;
};

export type Hole = { fromSeq: number; toSeq: number };

/** An edit or a deletion that the server refused. */
export type FailedChange = {
  commandId: string;
  messageId: string;
  kind: 'edit' | 'delete';
  reason: ErrorCode | 'NETWORK' | null;
};

/** What a chat's screen shows between two seqs. */
export type ChatWindow = {
  chatId: string;
  /** In order; what waits stands at the end, and only where the window reaches the newest message. */
  lines: Line[];
  /** Seqs of the window that the copy lacks: `history.loadRange` brings them. */
  holes: Hole[];
  lastSeq: number;
  account: AccountChat | null;
  unread: number;
  /** Where "unread messages" stands; null: nothing is unread. */
  firstUnreadSeq: number | null;
  /** Newest held message of others: what `commands.read` may name. */
  newestOfOthersSeq: number;
  members: Member[];
  othersReadSeq: number;
  othersDeliveredSeq: number;
  /** Senders and members, by id. */
  people: ReadonlyMap<string, Person>;
  /** Held messages that lines reply to, by id; waiting ones included. */
  repliedTo: ReadonlyMap<string, Pick<Line, 'id' | 'senderId' | 'seq' | 'text' | 'call' | 'isDeleted'>>;
  failedChanges: FailedChange[];
  /** Reasons of failed lines, by command id. */
  reasons: ReadonlyMap<string, ErrorCode | 'NETWORK' | null>;
};

/** A row of the outbox. */
export type OutboxItem = {
  command: PersonsCommand;
  chat: Pick<ChatListItem, 'chatId' | 'kind' | 'title' | 'peer'>;
  /** The text to be sent, or that of the message to be deleted; null: there is none, or it is not held. */
  text: string | null;
  canEdit: boolean;
  /** null: it cannot be taken back any more. */
  cancelling: Cancelling | null;
  /** Nothing of its chat goes before it. */
  isNext: boolean;
};

export type OutboxView = { items: OutboxItem[]; pause: CopyMeta['pause'] };

export type OutboxCounts = {
  waiting: number;
  failed: number;
  /** Of these, messages, edits and deletions; the rest are chats to be opened. */
  waitingMessages: number;
  failedMessages: number;
  /** Something was tried, and the server could not serve it. */
  hasTrouble: boolean;
};

/** What waits in one chat, in the order of sending. */
export type ChatOutbox = { commands: Command[]; nextId: string | null; pause: CopyMeta['pause'] };
