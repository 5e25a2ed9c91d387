import { directChatId } from '@ahoy/shared/domain/ids.ts';
import type { AccountDelta, ChatDelta, CommandAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { DataSource, EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import { despiteMerges, keptOf, MergedMeanwhile } from '../contacts/aliases.ts';
import { fail } from '../fail.ts';
import type { AccountChatEntity } from './accountChat.entity.ts';
import type { ChatEntity } from './chat.entity.ts';
import { accountChatColumns, chatColumns, presentAccountChat } from './chat.presenter.ts';
import { accessChat } from './chatAccess.ts';
import { resetDelta } from './chatDelta.ts';
import { holdPair, isBlockedPair } from './silenceChat.ts';

type Parts = { dataSource: DataSource; announcer: Announcer };

export type OpenedChat = { delta: ChatDelta; answer: CommandAnswer };

/**
 * Opens the one direct chat of two people, or the saved chat where both are the same. Its id follows from theirs, so
 * opening it again, or from both sides at once, changes nothing. Of an alias it is the chat with whom that stands for, and one
 * that the two have through an alias is as good as one of their own. NOT_FOUND for an unknown person, FORBIDDEN for a new
 * chat of two of whom one blocks the other.
 */
export async function openDirectChat(parts: Parts, viewerId: string, personId: string): Promise<OpenedChat> {
  const { opened, created } = await despiteMerges(() => tryOpening(parts, viewerId, personId));
  for (const row of created) {
    parts.announcer.announce('joinedChat', { userId: row.userId, chatId: row.chatId, epoch: 0 });
    parts.announcer.announce('accountChanged', { userId: row.userId, delta: joinDelta(row) });
  }
  if (created.length > 0) parts.announcer.announce('chatChanged', { delta: opened.delta, epoch: 0 });
  return opened;
}

type Opening = { opened: OpenedChat; created: AccountChatEntity[] };

async function tryOpening(parts: Parts, viewerId: string, namedId: string): Promise<Opening> {
  const personId = await keptOf(parts.dataSource.manager, namedId);
  return transaction(parts.dataSource, async (manager) => {
    const [held] = await holdPair(manager, viewerId, personId);
    if (held) return { opened: await presentOpened(manager, held, viewerId), created: [] };
    const chatId = directChatId(viewerId, personId);
    const created = await createChat(manager, chatId, [...new Set([viewerId, personId])]);
    if (created.length > 0 && (await isBlockedPair(manager, viewerId, personId))) throw fail('FORBIDDEN');
    return { opened: await presentOpened(manager, chatId, viewerId), created };
  });
}

/** Returns the account rows it made; none where the chat was there already. */
async function createChat(
  manager: EntityManager,
  chatId: string,
  users: string[],
): Promise<AccountChatEntity[]> {
  const [chat]: ChatEntity[] = await manager.query(
    `INSERT INTO chats AS c (id, kind, version, row_version, member_count, changed)
     SELECT $1::uuid, $2, 1, 1, $3::int, pg_current_xact_id()::text::bigint
     WHERE (SELECT count(*) FROM users WHERE id = ANY($4) AND guest_of IS NULL) = $3::int
     ON CONFLICT (id) DO NOTHING RETURNING ${chatColumns('c')}`,
    [chatId, users.length === 1 ? 'saved' : 'direct', users.length, users],
  );
  if (!chat) return [];
  await manager.query(
    `INSERT INTO members (chat_id, user_id, version, role, since)
     SELECT $1::uuid, id, 1, 'owner', 1 FROM unnest($2::uuid[]) id`,
    [chatId, users],
  );
  // Users are locked in the order of their ids, in every transaction.
  const held: { mergedInto: string | null }[] = await manager.query(
    'SELECT merged_into "mergedInto" FROM users WHERE id = ANY($1) ORDER BY id FOR UPDATE',
    [users],
  );
  if (held.some((user) => user.mergedInto !== null)) throw new MergedMeanwhile();
  return manager.query(
    `WITH stream AS (
       UPDATE users SET account_version = account_version + 1 WHERE id = ANY($2) RETURNING id, account_version)
     INSERT INTO account_chats AS a (user_id, chat_id, version, at)
     SELECT id, $1::uuid, account_version, 1 FROM stream RETURNING ${accountChatColumns('a')}`,
    [chatId, users],
  );
}

async function presentOpened(manager: EntityManager, chatId: string, viewerId: string): Promise<OpenedChat> {
  // Locked, so that the page is of the same version as the head: each statement has a snapshot of its own.
  const { chat, account } = await accessChat(manager, chatId, viewerId, { lock: true });
  const delta = await resetDelta(manager, chat, viewerId);
  const head = { version: chat.version, lastSeq: chat.lastSeq };
  return {
    delta,
    answer: { chatId, head, account: presentAccountChat(account), messages: [], people: delta.people },
  };
}

function joinDelta(row: AccountChatEntity): AccountDelta {
  return { from: row.version - 1, to: row.version, chats: [presentAccountChat(row)], settings: null };
}
