import type { EntityManager } from 'typeorm';
import type { AccountChatEntity } from '../chats/accountChat.entity.ts';
import type { ChatEntity } from '../chats/chat.entity.ts';
import { accountChatColumns, chatColumns, memberColumns } from '../chats/chat.presenter.ts';
import { changeDelta } from '../chats/chatDelta.ts';
import type { MemberEntity } from '../chats/member.entity.ts';
import { fail } from '../fail.ts';
import { accountRowDelta } from '../messages/commandAnswer.ts';
import type { News } from './parts.ts';

export type Joined = { chat: ChatEntity; account: AccountChatEntity; news: News[] };

/**
 * Brings somebody into a chat whose row is held, for the first time or again. What was said before counts as read.
 * NOT_FOUND for an account that has just become an alias.
 */
export async function addMember(
  manager: EntityManager,
  chatId: string,
  person: { userId: string; role: 'owner' | 'member' },
): Promise<Joined> {
  const { userId, role } = person;
  const chat = await changeChat(manager, chatId, 'member_count = member_count + 1');
  const members: MemberEntity[] = await manager.query(
    `INSERT INTO members AS m (chat_id, user_id, version, role, since, is_guest, read_seq, delivered_seq)
     SELECT $1, u.id, $3::bigint, $4, $3::bigint, u.guest_of IS NOT NULL, $5::bigint, $5::bigint FROM users u WHERE u.id = $2
     ON CONFLICT (chat_id, user_id) DO UPDATE SET version = excluded.version, is_in = true, role = excluded.role,
       since = excluded.since, is_guest = excluded.is_guest
     RETURNING ${memberColumns('m')}`,
    [chatId, userId, chat.version, role, chat.lastSeq],
  );
  const [account]: AccountChatEntity[] = await manager.query(
    `WITH stream AS (
       UPDATE users SET account_version = account_version + 1 WHERE id = $2 AND merged_into IS NULL
       RETURNING id, account_version)
     INSERT INTO account_chats AS a (user_id, chat_id, version, at, read_seq, last, delivered_seq)
     SELECT id, $1::uuid, account_version, $3::bigint, $4::bigint, $4::bigint, $4::bigint FROM stream
     ON CONFLICT (user_id, chat_id) DO UPDATE SET version = excluded.version, is_in = true, at = excluded.at
     RETURNING ${accountChatColumns('a')}`,
    [chatId, userId, chat.version, chat.lastSeq],
  );
  if (!account) throw fail('NOT_FOUND');
  const delta = await changeDelta(manager, chat, { members });
  return {
    chat,
    account,
    news: [
      { kind: 'joinedChat', told: { userId, chatId, epoch: chat.epoch } },
      { kind: 'accountChanged', told: { userId, delta: accountRowDelta(account) } },
      { kind: 'chatChanged', told: { delta, epoch: chat.epoch } },
    ],
  };
}

/** Takes somebody out of a chat whose row is held; the live room gets a new name, so that nothing more is heard. */
export async function removeMember(manager: EntityManager, chatId: string, userId: string): Promise<News[]> {
  const chat = await changeChat(manager, chatId, 'member_count = member_count - 1, epoch = epoch + 1');
  const members: MemberEntity[] = await manager.query(
    `WITH gone AS (
       UPDATE members m SET version = $3, is_in = false, role = 'member', is_met = false
       WHERE chat_id = $1 AND user_id = $2 RETURNING ${memberColumns('m')})
     SELECT * FROM gone`,
    [chatId, userId, chat.version],
  );
  const [account]: AccountChatEntity[] = await manager.query(
    `WITH stream AS (
       UPDATE users SET account_version = account_version + 1 WHERE id = $2 RETURNING account_version),
     gone AS (
       UPDATE account_chats a SET version = stream.account_version, is_in = false, at = $3 FROM stream
       WHERE a.user_id = $2 AND a.chat_id = $1 RETURNING ${accountChatColumns('a')})
     SELECT * FROM gone`,
    [chatId, userId, chat.version],
  );
  const delta = await changeDelta(manager, chat, { members });
  return [
    { kind: 'leftChat', told: { userId, chatId, epoch: chat.epoch } },
    ...(account
      ? [{ kind: 'accountChanged' as const, told: { userId, delta: accountRowDelta(account) } }]
      : []),
    { kind: 'chatChanged', told: { delta, epoch: chat.epoch } },
  ];
}

/** One more version of the chat, whose own fields change. */
export async function changeChat(
  manager: EntityManager,
  chatId: string,
  change: string,
  values: unknown[] = [],
): Promise<ChatEntity> {
  const [chat]: ChatEntity[] = await manager.query(
    `WITH head AS (
       UPDATE chats c SET version = version + 1, row_version = version + 1,
         changed = pg_current_xact_id()::text::bigint, ${change}
       WHERE id = $1 RETURNING ${chatColumns('c')})
     SELECT * FROM head`,
    [chatId, ...values],
  );
  if (!chat) throw fail('NOT_FOUND');
  return chat;
}
