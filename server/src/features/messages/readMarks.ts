import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { DataSource } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Log } from '../../log.ts';
import type { Announcer } from '../announcements.ts';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { chatColumns, memberColumns } from '../chats/chat.presenter.ts';
import { changeDelta } from '../chats/chatDelta.ts';
import type { MemberEntity } from '../chats/member.entity.ts';

const PAUSE_MS = 2_000;
const RECOVERY_PAGE = 500;

type ChatOf = Pick<ChatEntity, 'id' | 'memberCount'>;

/** Tells a chat how far its members have read and received. */
export type ReadMarks = {
  /** Someone has read or received: told at once, then at most every two seconds. */
  soon(chat: ChatOf): void;
  /** Someone wrote, which reads what came before: told with the next change, or after two seconds. */
  later(chat: ChatOf): void;
  /** After a crash: what was read, and not told, is found in the rows (rule 25 of docs/sync.md). */
  recover(): Promise<void>;
  /** Tells what is still to be told. */
  close(): Promise<void>;
};

export function createReadMarks(parts: {
  dataSource: DataSource;
  announcer: Announcer;
  log: Log;
}): ReadMarks {
  /** Chats told less than two seconds ago, or to be told; `isDirty` says which. */
  const waiting = new Map<string, { timer: NodeJS.Timeout; isDirty: boolean }>();
  const running = new Set<Promise<void>>();
  let isClosed = false;

  function pause(chatId: string, isDirty: boolean) {
    const timer = setTimeout(() => {
      const isNews = waiting.get(chatId)?.isDirty;
      waiting.delete(chatId);
      if (isNews) tell(chatId);
    }, PAUSE_MS);
    waiting.set(chatId, { timer, isDirty });
  }

  function tell(chatId: string) {
    if (!isClosed) pause(chatId, false);
    const told = flushReadMarks(parts, chatId)
      .catch((error) => {
        parts.log.error({ err: error }, 'read marks were not told');
        // Tried again after the pause, however long the database is away.
        const entry = waiting.get(chatId);
        if (entry) entry.isDirty = true;
        else if (!isClosed) pause(chatId, true);
      })
      .finally(() => running.delete(told));
    running.add(told);
  }

  function note(chat: ChatOf, isUrgent: boolean) {
    if (chat.memberCount < 2 || chat.memberCount > LIMITS.smallChatMembers) return;
    const entry = waiting.get(chat.id);
    if (entry) entry.isDirty = true;
    else if (isUrgent || isClosed) tell(chat.id);
    else pause(chat.id, true);
  }

  return {
    soon: (chat) => note(chat, true),
    later: (chat) => note(chat, false),
    async recover() {
      let untold: string[];
      do {
        untold = await findUntold(parts.dataSource);
        for (const chatId of untold) await flushReadMarks(parts, chatId);
      } while (untold.length === RECOVERY_PAGE);
    },
    async close() {
      isClosed = true;
      for (const [chatId, entry] of waiting) {
        clearTimeout(entry.timer);
        if (entry.isDirty) tell(chatId);
      }
      waiting.clear();
      await Promise.all(running);
    },
  };
}

/** Copies the account rows' marks into the members of one chat, as one change of it; none where nothing moved. */
async function flushReadMarks(
  parts: { dataSource: DataSource; announcer: Announcer },
  chatId: string,
): Promise<void> {
  const announcement = await transaction(parts.dataSource, async (manager) => {
    const [chat]: ChatEntity[] = await manager.query(
      `SELECT ${chatColumns('c')} FROM chats c WHERE c.id = $1 FOR UPDATE`,
      [chatId],
    );
    if (!chat) return undefined;
    const version = chat.version + 1;
    const members: MemberEntity[] = await manager.query(
      `WITH marks AS (
         SELECT user_id, read_seq, greatest(delivered_seq, read_seq) delivered_seq FROM account_chats
         WHERE chat_id = $1 AND user_id IN (SELECT user_id FROM members WHERE chat_id = $1 AND is_in)),
       told AS (
         UPDATE members m SET version = $2, read_seq = greatest(m.read_seq, marks.read_seq),
           delivered_seq = greatest(m.delivered_seq, marks.delivered_seq)
         FROM marks WHERE m.chat_id = $1 AND m.user_id = marks.user_id
           AND (m.read_seq < marks.read_seq OR m.delivered_seq < marks.delivered_seq)
         RETURNING ${memberColumns('m')})
       SELECT * FROM told`,
      [chatId, version],
    );
    if (members.length === 0) return undefined;
    await manager.query(
      'UPDATE chats SET version = $2, changed = pg_current_xact_id()::text::bigint WHERE id = $1',
      [chatId, version],
    );
    return { delta: await changeDelta(manager, { ...chat, version }, { members }), epoch: chat.epoch };
  });
  if (announcement) parts.announcer.announce('chatChanged', announcement);
}

async function findUntold(dataSource: DataSource): Promise<string[]> {
  const rows: { id: string }[] = await dataSource.query(
    `SELECT DISTINCT m.chat_id id FROM members m
     JOIN account_chats a ON a.chat_id = m.chat_id AND a.user_id = m.user_id
     JOIN chats c ON c.id = m.chat_id
     WHERE m.is_in AND c.member_count BETWEEN 2 AND $1
       AND (m.read_seq < a.read_seq OR m.delivered_seq < greatest(a.delivered_seq, a.read_seq)) LIMIT $2`,
    [LIMITS.smallChatMembers, RECOVERY_PAGE],
  );
  return rows.map((row) => row.id);
}
