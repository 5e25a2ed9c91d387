import type { WhoMayCall } from '@ahoy/shared/protocol/fields.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { EntityManager } from 'typeorm';
import { findPairChats } from '../chats/silenceChat.ts';
import { isOwn } from '../contacts/aliases.ts';

type Invited = { userId: string; isBusy: boolean };

/**
 * Everyone else in the chat whom this person may call, and who of them is in a call: not those of whom one blocks the
 * other, nor whoever is called by nobody, or by contacts only and is none of this person's.
 */
export async function readInvited(
  manager: EntityManager,
  chatId: string,
  userId: string,
): Promise<Invited[]> {
  const rows: (Invited & { whoMayCall: WhoMayCall })[] = await manager.query(
    `SELECT m.user_id "userId", u.who_may_call "whoMayCall", EXISTS (
       SELECT 1 FROM call_participants p WHERE p.user_id = m.user_id AND p.left_at IS NULL) "isBusy"
     FROM members m JOIN users u ON u.id = m.user_id
     WHERE m.chat_id = $1 AND m.is_in AND m.user_id <> $2 AND NOT EXISTS (
       SELECT 1 FROM blocks b WHERE (b.user_id = m.user_id AND b.blocked_id = $2)
         OR (b.user_id = $2 AND b.blocked_id = m.user_id))
     ORDER BY m.user_id LIMIT ${LIMITS.callParticipants}`,
    [chatId, userId],
  );
  const invited: Invited[] = [];
  for (const { whoMayCall, ...person } of rows)
    if (await isAllowed(manager, whoMayCall, userId, person.userId)) invited.push(person);
  return invited;
}

async function isAllowed(
  manager: EntityManager,
  whoMayCall: WhoMayCall,
  callerId: string,
  personId: string,
): Promise<boolean> {
  switch (whoMayCall) {
    case 'everyone':
      return true;
    case 'nobody':
      return false;
    case 'contacts':
      return areContacts(manager, callerId, personId);
    default:
      return whoMayCall satisfies never;
  }
}

/** Whether two people have both written in a chat of theirs; there are several where accounts became one. */
async function areContacts(manager: EntityManager, one: string, other: string): Promise<boolean> {
  for (const chatId of await findPairChats(manager, one, other))
    if (await haveWritten(manager, chatId)) return true;
  return false;
}

/** Whether everyone in a chat has written there, be it as an alias: of a direct chat this makes two people contacts. */
export async function haveWritten(manager: EntityManager, chatId: string): Promise<boolean> {
  const [row]: { isSo: boolean | null }[] = await manager.query(
    `SELECT bool_and(EXISTS (
       SELECT 1 FROM messages t WHERE t.chat_id = m.chat_id AND ${isOwn('t.sender_id', 'm.user_id')} AND t.kind = 'text')) "isSo"
     FROM members m WHERE m.chat_id = $1 AND m.is_in`,
    [chatId],
  );
  return row?.isSo ?? false;
}
