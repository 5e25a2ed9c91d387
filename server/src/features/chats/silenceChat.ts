import { directChatId } from '@ahoy/shared/domain/ids.ts';
import type { EntityManager } from 'typeorm';
import type { Announcements } from '../announcements.ts';
import type { AccountChatEntity } from './accountChat.entity.ts';
import type { ChatEntity } from './chat.entity.ts';
import { accountChatColumns, chatColumns, presentAccountChat } from './chat.presenter.ts';
import { emptyDelta } from './chatDelta.ts';

/** What is to be told once the transaction has committed. */
export type SilenceNews = {
  chatChanged: Announcements['chatChanged'];
  accountChanged: Announcements['accountChanged'];
};

/**
 * First step of whatever makes a direct chat or a block between its people: of the two at once, the later one sees what
 * the earlier has written. A lock of its own, because neither row may be there yet; then the chats', before any user's.
 * Answers the chats of the two: several where accounts became one.
 */
export async function holdPair(manager: EntityManager, one: string, other: string): Promise<string[]> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [directChatId(one, other)]);
  const chatIds = await findPairChats(manager, one, other);
  await manager.query('SELECT 1 FROM chats WHERE id = ANY($1) ORDER BY id FOR UPDATE', [chatIds]);
  return chatIds;
}

/** Chats of two people alone, or of one with themselves: the one whose id is derived from theirs first. */
export async function findPairChats(manager: EntityManager, one: string, other: string): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `SELECT c.id FROM members a JOIN members b ON b.chat_id = a.chat_id AND b.user_id = $2 AND b.is_in
     JOIN chats c ON c.id = a.chat_id AND c.kind = $3
     WHERE a.user_id = $1 AND a.is_in ORDER BY c.id <> $4, c.id`,
    [one, other, one === other ? 'saved' : 'direct', directChatId(one, other)],
  );
  return rows.map((row) => row.id);
}

/** Whether one of two people blocks the other. */
export async function isBlockedPair(manager: EntityManager, one: string, other: string): Promise<boolean> {
  const [row]: { isSo: boolean }[] = await manager.query(
    `SELECT EXISTS (SELECT 1 FROM blocks WHERE (user_id = $1 AND blocked_id = $2)
       OR (user_id = $2 AND blocked_id = $1)) "isSo"`,
    [one, other],
  );
  return row?.isSo ?? false;
}

/**
 * Writes into a direct chat who blocks whom, after `blocks` has changed by `actorId`; answers what to tell.
 * Sends trust what they saw while the chat's version stays, so it goes up; only the actor
 * learns why. The pair is held.
 */
export async function silenceChat(
  manager: EntityManager,
  chatId: string,
  actorId: string,
): Promise<SilenceNews[]> {
  const [chat]: ChatEntity[] = await manager.query(
    `WITH head AS (
       UPDATE chats c SET version = version + 1, changed = pg_current_xact_id()::text::bigint
       WHERE id = $1 RETURNING ${chatColumns('c')})
     SELECT * FROM head`,
    [chatId],
  );
  if (!chat) return [];
  const [account]: AccountChatEntity[] = await manager.query(
    `WITH stream AS (
       UPDATE users SET account_version = account_version + 1 WHERE id = $2 RETURNING account_version),
     changed AS (
       UPDATE account_chats a SET
         has_blocked = EXISTS (
           SELECT 1 FROM blocks b JOIN members m ON m.chat_id = $1 AND m.user_id = b.blocked_id
           WHERE b.user_id = a.user_id),
         is_silenced = EXISTS (
           SELECT 1 FROM blocks b JOIN members m ON m.chat_id = $1 AND m.user_id = b.blocked_id
           JOIN members n ON n.chat_id = $1 AND n.user_id = b.user_id),
         version = CASE WHEN a.user_id = $2 THEN stream.account_version ELSE a.version END
       FROM stream WHERE a.chat_id = $1 AND a.user_id IN (SELECT user_id FROM members WHERE chat_id = $1)
       RETURNING ${accountChatColumns('a')})
     SELECT * FROM changed WHERE "userId" = $2`,
    [chatId, actorId],
  );
  if (!account) return [];
  const { version } = account;
  return [
    {
      chatChanged: { delta: emptyDelta(chat), epoch: chat.epoch },
      accountChanged: {
        userId: actorId,
        delta: { from: version - 1, to: version, chats: [presentAccountChat(account)], settings: null },
      },
    },
  ];
}
