import type { DataSource, EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { Announcer } from '../announcements.ts';
import { memberColumns } from '../chats/chat.presenter.ts';
import { findChat } from '../chats/chatAccess.ts';
import { changeDelta } from '../chats/chatDelta.ts';
import type { MemberEntity } from '../chats/member.entity.ts';
import { type News, tell } from './parts.ts';
import { changeChat } from './roomMembers.ts';

const MOST_ROOMS = 1_000;

/**
 * What an account that a guest makes changes in the room: they are no guest there any more, and may be found by those they
 * were in a call with. To be called before the user's row is held; answers what tells of it after the commit.
 */
export async function leaveGuesthood(
  manager: EntityManager,
  chatId: string,
  userId: string,
): Promise<News[]> {
  await findChat(manager, chatId, { lock: true });
  return changeMember(manager, chatId, userId, 'is_guest = false, is_met = m.is_in AND m.was_in_call');
}

/** Shows or hides somebody in the contacts of those they were in rooms' calls with, when they change that setting. */
export function followMetSetting({
  dataSource,
  announcer,
}: {
  dataSource: DataSource;
  announcer: Announcer;
}): void {
  announcer.on('accountChanged', async ({ userId, delta: { settings } }) => {
    if (!settings) return;
    const rooms: { chatId: string }[] = await dataSource.query(
      `SELECT chat_id "chatId" FROM members WHERE user_id = $1 AND is_in AND was_in_call AND NOT is_guest
         AND is_met <> $2 ORDER BY chat_id LIMIT ${MOST_ROOMS}`,
      [userId, settings.isMetInRooms],
    );
    for (const { chatId } of rooms) {
      const news = await transaction(dataSource, async (manager) => {
        await findChat(manager, chatId, { lock: true });
        // Read under the lock: the setting may have changed again.
        const isMet = 'm.is_in AND (SELECT u.is_met_in_rooms FROM users u WHERE u.id = m.user_id)';
        return changeMember(manager, chatId, userId, `is_met = ${isMet}`);
      });
      tell(announcer, news);
    }
  });
}

async function changeMember(
  manager: EntityManager,
  chatId: string,
  userId: string,
  change: string,
): Promise<News[]> {
  const [member] = await manager.query('SELECT 1 FROM members WHERE chat_id = $1 AND user_id = $2', [
    chatId,
    userId,
  ]);
  if (!member) return [];
  const chat = await changeChat(manager, chatId, 'member_count = member_count');
  const members: MemberEntity[] = await manager.query(
    `WITH changed AS (
       UPDATE members m SET version = $3, ${change}
       WHERE chat_id = $1 AND user_id = $2 RETURNING ${memberColumns('m')})
     SELECT * FROM changed`,
    [chatId, userId, chat.version],
  );
  const delta = await changeDelta(manager, chat, { members });
  return [{ kind: 'chatChanged', told: { delta, epoch: chat.epoch } }];
}
