import type { Person } from '@ahoy/shared/protocol/entities.ts';
import type { DataSource, EntityManager } from 'typeorm';
import { runPrepared } from '../../database/prepared.ts';
import type { AccountChatEntity } from '../chats/accountChat.entity.ts';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { presentPerson } from '../contacts/person.presenter.ts';
import type { MessageEntity } from './message.entity.ts';

export type InsertedMessage = {
  chat: ChatEntity;
  message: MessageEntity;
  account: AccountChatEntity;
  sender: Person;
};

export type Insert = Pick<MessageEntity, 'id' | 'chatId' | 'senderId' | 'text' | 'contentHash' | 'replyToId'>;

/**
 * Sends of different people, each with all its rows, in one statement and one commit; those into one chat follow each
 * other in the order given. Answers what was written, by the message's id, or `busy` where somebody else is just changing
 * the chat or the account. A send is left out where the id is known, the sender is not in the chat or may not write there, or
 * the reply names no message of it. What is busy or left out leaves no trace.
 */
export async function insertMessages(
  dataSource: DataSource,
  inserts: Insert[],
): Promise<Map<string, InsertedMessage | 'busy'>> {
  const rows = await runPrepared<InsertedRow | BusyRow>(dataSource, INSERT_PREPARED, valuesOf(inserts));
  const byId = new Map(inserts.map((insert) => [insert.id, insert]));
  return new Map(
    rows.flatMap((row) => {
      const insert = byId.get(row.id);
      return insert ? [[row.id, isBusy(row) ? 'busy' : toInserted(insert, row)] as const] : [];
    }),
  );
}

/**
 * One send within a transaction, where the caller holds the chat's lock: then what the statement sees of the chat is
 * current. Answers undefined, and writes nothing, where the id is known, the sender is not in the chat or may not write
 * there, or the reply names no message of it.
 */
export async function insertMessage(
  manager: EntityManager,
  insert: Insert,
): Promise<InsertedMessage | undefined> {
  // Waited for here, because the statement passes over what is locked.
  await manager.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [insert.senderId]);
  const [row]: (InsertedRow | BusyRow)[] = await manager.query(INSERT, valuesOf([insert]));
  return row && !isBusy(row) ? toInserted(insert, row) : undefined;
}

type BusyRow = { id: string; version: null };

const isBusy = (row: InsertedRow | BusyRow): row is BusyRow => row.version === null;

/** What is not known before: the heads, and rows that were there. */
type InsertedRow = {
  id: string;
  now: Date;
  kind: ChatEntity['kind'];
  title: string | null;
  version: number;
  rowVersion: number;
  lastSeq: number;
  epoch: number;
  memberCount: number;
  changed: number;
  createdAt: Date;
  accountVersion: number;
  at: number;
  readSeq: number;
  own: number;
  last: number;
  deliveredSeq: number;
  mutedUntil: Date | null;
  isArchived: boolean;
  personVersion: number;
  name: string;
  username: string | null;
  about: string;
  photoId: string | null;
};

/**
 * The first message from an id on: the caller looks whether it is that one. Not asked for by `=`, because the plan is kept
 * and made for the table as it was: while it holds a few messages, reading all of it is the cheapest way to one of them.
 */
const messageAt = (id: string) =>
  `SELECT m.id, m.chat_id FROM messages m WHERE m.id >= ${id} ORDER BY m.id LIMIT 1`;

/**
 * `seen` is what the statement's snapshot says; `held` are the locks it gets without waiting. Between the two somebody may
 * have changed the chat: whoever does raises its version under its lock (rule 1 of docs/sync.md), so a locked row that
 * still has the version seen proves that all else that was seen of the chat is current, too. Locks are not waited for,
 * so that one chat cannot hold up the others, and in any order no two statements wait for each other.
 *
 * Rule 24: a send reads the chat only where nothing of others lies between; else it counts as own.
 */
const INSERT = `
  WITH seen AS MATERIALIZED (
    SELECT s.*, c.version seen_version
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::uuid[]) WITH ORDINALITY
      AS s (id, chat_id, sender_id, text, content_hash, reply_to_id, place)
    JOIN account_chats a ON a.user_id = s.sender_id AND a.chat_id = s.chat_id AND a.is_in AND NOT a.is_silenced
    JOIN chats c ON c.id = s.chat_id
    LEFT JOIN LATERAL (${messageAt('s.id')}) known ON true
    LEFT JOIN LATERAL (${messageAt('s.reply_to_id')}) target ON true
    WHERE known.id IS DISTINCT FROM s.id
      AND (s.reply_to_id IS NULL OR (target.id = s.reply_to_id AND target.chat_id = s.chat_id))),
  held AS (
    SELECT seen.* FROM seen
    JOIN chats c ON c.id = seen.chat_id AND c.version = seen.seen_version
    JOIN users u ON u.id = seen.sender_id
    FOR NO KEY UPDATE OF c, u SKIP LOCKED),
  head AS (
    UPDATE chats c SET version = c.version + h.sends, last_seq = c.last_seq + h.sends,
      changed = pg_current_xact_id()::text::bigint
    FROM (SELECT chat_id, count(*) sends FROM held GROUP BY chat_id) h WHERE c.id = h.chat_id
    RETURNING c.id, c.kind, c.title, c.row_version, c.epoch, c.member_count, c.changed, c.created_at,
      c.version - h.sends version_before, c.last_seq - h.sends seq_before),
  placed AS (
    SELECT h.*, head.version_before + h.nth version, head.seq_before + h.nth last_seq,
      head.kind, head.title, head.row_version, head.epoch, head.member_count, head.changed, head.created_at
    FROM (SELECT *, row_number() OVER (PARTITION BY chat_id ORDER BY place) nth FROM held) h
    JOIN head ON head.id = h.chat_id),
  message AS (
    INSERT INTO messages (id, chat_id, seq, version, sender_id, kind, text, content_hash, reply_to_id)
    SELECT id, chat_id, last_seq, version, sender_id, 'text', text, content_hash, reply_to_id FROM placed),
  stream AS (
    UPDATE users u SET account_version = u.account_version + 1 FROM placed WHERE u.id = placed.sender_id
    RETURNING placed.*, u.account_version),
  account AS (
    UPDATE account_chats a SET
      version = s.account_version,
      read_seq = CASE WHEN s.last_seq - 1 - a.read_seq - a.own = 0 THEN s.last_seq ELSE a.read_seq END,
      own = CASE WHEN s.last_seq - 1 - a.read_seq - a.own = 0 THEN 0 ELSE a.own + 1 END,
      last = s.last_seq
    FROM stream s WHERE a.user_id = s.sender_id AND a.chat_id = s.chat_id
    RETURNING s.*, a.at, a.read_seq, a.own, a.last, a.delivered_seq, a.muted_until, a.is_archived)
  SELECT seen.id, now() "now", w.kind, w.title, w.version, w.row_version "rowVersion", w.last_seq "lastSeq", w.epoch,
    w.member_count "memberCount", w.changed, w.created_at "createdAt", w.account_version "accountVersion", w.at,
    w.read_seq "readSeq", w.own, w.last, w.delivered_seq "deliveredSeq",
    w.muted_until "mutedUntil", w.is_archived "isArchived", p.version "personVersion", p.name, p.username, p.about,
    p.photo_id "photoId"
  FROM seen LEFT JOIN account w ON w.id = seen.id LEFT JOIN people p ON p.id = w.sender_id`;

/** The statement as `insertMessages` runs it. */
export const INSERT_PREPARED = { name: 'insert messages', text: INSERT };

function valuesOf(inserts: Insert[]): unknown[] {
  return [
    inserts.map((insert) => insert.id),
    inserts.map((insert) => insert.chatId),
    inserts.map((insert) => insert.senderId),
    inserts.map((insert) => insert.text),
    inserts.map((insert) => insert.contentHash),
    inserts.map((insert) => insert.replyToId),
  ];
}

function toInserted(insert: Insert, row: InsertedRow): InsertedMessage {
  const { chatId, senderId } = insert;
  const { version, lastSeq } = row;
  return {
    chat: {
      id: chatId,
      kind: row.kind,
      title: row.title,
      version,
      rowVersion: row.rowVersion,
      lastSeq,
      epoch: row.epoch,
      memberCount: row.memberCount,
      changed: row.changed,
      createdAt: row.createdAt,
    },
    message: {
      ...insert,
      seq: lastSeq,
      version,
      kind: 'text',
      createdAt: row.now,
      editedAt: null,
      deletedAt: null,
      textStamp: 0,
      call: null,
    },
    account: {
      userId: senderId,
      chatId,
      version: row.accountVersion,
      isIn: true,
      at: row.at,
      readSeq: row.readSeq,
      own: row.own,
      last: row.last,
      deliveredSeq: row.deliveredSeq,
      // Else nothing was written.
      hasBlocked: false,
      isSilenced: false,
      mutedUntil: row.mutedUntil,
      isArchived: row.isArchived,
    },
    // Never an alias: those are in no chat.
    sender: presentPerson({
      id: senderId,
      version: row.personVersion,
      name: row.name,
      username: row.username,
      about: row.about,
      photoId: row.photoId,
      mergedInto: null,
    }),
  };
}
