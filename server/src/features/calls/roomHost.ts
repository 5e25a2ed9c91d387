import { type CallState, presentParticipants } from '@ahoy/shared/domain/call.ts';
import type { EntityManager } from 'typeorm';
import type { Announcements } from '../announcements.ts';
import { memberColumns } from '../chats/chat.presenter.ts';
import { changeDelta } from '../chats/chatDelta.ts';
import type { MemberEntity } from '../chats/member.entity.ts';
import { moveChat } from '../messages/changeMessage.ts';
import type { HeldCall } from './callStore.ts';

type Member = Pick<MemberEntity, 'userId' | 'role' | 'isGuest' | 'wasInCall'>;

/** Makes a member host instead of who is. The chat's row is held. */
export function setHost(
  manager: EntityManager,
  chatId: string,
  hostId: string,
): Promise<Announcements['chatChanged']> {
  return changeMembers(manager, chatId, { hostId, met: [] });
}

/**
 * What a step of a room's call makes of its members: the host's role goes on when the host has left it, and who was in it
 * together has met. Undefined where nothing changes. The chat's row is held.
 */
export async function changeRoomMembers(
  manager: EntityManager,
  chatId: string,
  before: CallState,
  after: CallState,
): Promise<Announcements['chatChanged'] | undefined> {
  const members: Member[] = await manager.query(
    `SELECT user_id "userId", role, is_guest "isGuest", was_in_call "wasInCall" FROM members
     WHERE chat_id = $1 AND (role = 'owner' OR user_id = ANY($2::uuid[]))`,
    [chatId, presentParticipants(after).map((each) => each.userId)],
  );
  const host = members.find((each) => each.role === 'owner');
  const present = presentParticipants(after)
    .toSorted((one, other) => one.joinedAt - other.joinedAt)
    .flatMap(({ userId }) => members.find((each) => each.userId === userId) ?? []);
  const people = new Set(present);
  const met = people.size > 1 ? [...people].filter((each) => !each.wasInCall) : [];
  const hostId = host && (await nextHost(manager, chatId, { host, present, before }));
  if (!hostId && met.length === 0) return undefined;
  return changeMembers(manager, chatId, { hostId, met: met.map((each) => each.userId) });
}

/** Who was in a room's call and has been taken out of the room since. */
export async function readOutsiders(manager: EntityManager, { row, state }: HeldCall): Promise<string[]> {
  const rows: { userId: string }[] = await manager.query(
    'SELECT user_id "userId" FROM members WHERE chat_id = $1 AND NOT is_in AND user_id = ANY($2::uuid[])',
    [row.chatId, state.participants.map((each) => each.userId)],
  );
  return rows.map((each) => each.userId);
}

/** Whether the link of a room leads nowhere any more. */
export async function isRoomClosed(manager: EntityManager, chatId: string): Promise<boolean> {
  const [room]: { isSo: boolean }[] = await manager.query(
    'SELECT revoked_at IS NOT NULL OR expires_at <= now() "isSo" FROM rooms WHERE chat_id = $1',
    [chatId],
  );
  return room?.isSo ?? true;
}

/** Who becomes host, where somebody does: a guest is host only while nobody with an account is in the call. */
async function nextHost(
  manager: EntityManager,
  chatId: string,
  { host, present, before }: { host: Member; present: Member[]; before: CallState },
): Promise<string | undefined> {
  const oldest = present.find((each) => !each.isGuest) ?? present[0];
  const isHostHere = present.includes(host);
  if (oldest) {
    const hasLeft = !isHostHere && presentParticipants(before).some((each) => each.userId === host.userId);
    const isGuestNoMore = host.isGuest && !oldest.isGuest;
    return (hasLeft || isGuestNoMore) && oldest !== host ? oldest.userId : undefined;
  }
  if (!host.isGuest) return undefined;
  const [room]: { createdBy: string }[] = await manager.query(
    'SELECT created_by "createdBy" FROM rooms WHERE chat_id = $1',
    [chatId],
  );
  return room?.createdBy;
}

async function changeMembers(
  manager: EntityManager,
  chatId: string,
  { hostId, met }: { hostId?: string | undefined; met: string[] },
): Promise<Announcements['chatChanged']> {
  const chat = await moveChat(manager, chatId);
  const members: MemberEntity[] = await manager.query(
    `WITH changed AS (
       UPDATE members m SET version = $2,
         role = CASE WHEN $3::uuid IS NULL THEN m.role WHEN m.user_id = $3 THEN 'owner' ELSE 'member' END,
         was_in_call = m.was_in_call OR m.user_id = ANY($4::uuid[]),
         is_met = m.is_met OR (m.user_id = ANY($4::uuid[]) AND NOT m.is_guest AND (
           SELECT u.is_met_in_rooms FROM users u WHERE u.id = m.user_id))
       WHERE m.chat_id = $1 AND (m.user_id = ANY($4::uuid[]) OR m.user_id = $3 OR ($3 IS NOT NULL AND m.role = 'owner'))
       RETURNING ${memberColumns('m')})
     SELECT * FROM changed`,
    [chatId, chat.version, hostId ?? null, met],
  );
  return { delta: await changeDelta(manager, chat, { members }), epoch: chat.epoch };
}
