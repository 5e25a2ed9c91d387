import { presentParticipants } from '@ahoy/shared/domain/call.ts';
import type { EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import { findOpenCall, readNow } from '../calls/callStore.ts';
import { applyEvent } from '../calls/changeCall.ts';
import { announceCall, type CallNews } from '../calls/parts.ts';
import { setHost } from '../calls/roomHost.ts';
import { findAccountChat } from '../chats/chatAccess.ts';
import { fail } from '../fail.ts';
import { holdAsHost } from './holdAsHost.ts';
import { type RoomsParts, tell } from './parts.ts';
import { banPerson } from './roomBans.ts';
import { removeMember } from './roomMembers.ts';
import { presentStanding } from './roomRows.ts';
import { tellHost } from './waitingNews.ts';

type OfPerson = { chatId: string; personId: string };

/** Asks somebody's devices to turn off the microphone; live word only, which they may undo. */
export async function mutePerson(parts: RoomsParts, userId: string, { chatId, personId }: OfPerson) {
  await transaction(parts.dataSource, async (manager) => {
    await holdAsHost(manager, chatId, userId);
    await findOther(manager, chatId, personId);
  });
  const news = { kind: 'mute' as const, chatId, byId: userId };
  parts.announcer.announce('roomNews', { userIds: [personId], news });
}

/**
 * Takes somebody out of the room and its call; they stay out, also under a new name on the same device. FORBIDDEN for
 * oneself, and for who made the room.
 */
export async function removePerson(parts: RoomsParts, userId: string, { chatId, personId }: OfPerson) {
  const { news, call } = await transaction(parts.dataSource, async (manager) => {
    const room = await holdAsHost(manager, chatId, userId);
    await findOther(manager, chatId, personId);
    if (personId === userId || personId === room.createdBy) throw fail('FORBIDDEN');
    const left = await takeOutOfCall(manager, chatId, personId);
    await banPerson(manager, chatId, personId, 'for good');
    const standing = presentStanding(room, 'removed');
    return {
      call: left,
      news: [
        ...(await removeMember(manager, chatId, personId)),
        {
          kind: 'roomNews' as const,
          told: { userIds: [personId], news: { kind: 'standing' as const, standing } },
        },
      ],
    };
  });
  // First that one is out for good: by the call alone the device would try to come back.
  tell(parts.announcer, news);
  if (call) announceCall(parts.announcer, call);
}

/** Makes another person host. FORBIDDEN for a guest, unless the host is one, too. */
export async function handOver(parts: RoomsParts, userId: string, { chatId, personId }: OfPerson) {
  const news = await transaction(parts.dataSource, async (manager) => {
    await holdAsHost(manager, chatId, userId);
    const { isGuest } = await findOther(manager, chatId, personId);
    if (personId === userId) return [];
    if (isGuest && !(await findOther(manager, chatId, userId)).isGuest) throw fail('FORBIDDEN');
    const chatChanged = await setHost(manager, chatId, personId);
    return [{ kind: 'chatChanged' as const, told: chatChanged }, await tellHost(manager, chatId, personId)];
  });
  tell(parts.announcer, news);
}

/** Ends the room's call for everyone; nothing happens where there is none. */
export async function endRoomCall(parts: RoomsParts, userId: string, chatId: string) {
  const call = await transaction(parts.dataSource, async (manager) => {
    await holdAsHost(manager, chatId, userId);
    const open = await findOpenCall(manager, chatId);
    return open && applyEvent(manager, open, { kind: 'end' }, null, await readNow(manager));
  });
  if (call) announceCall(parts.announcer, call);
}

async function takeOutOfCall(
  manager: EntityManager,
  chatId: string,
  personId: string,
): Promise<CallNews | undefined> {
  const call = await findOpenCall(manager, chatId);
  const own = call ? presentParticipants(call.state).filter((each) => each.userId === personId) : [];
  if (!call || own.length === 0) return undefined;
  const participantIds = own.map((each) => each.id);
  return applyEvent(manager, call, { kind: 'lose', participantIds }, null, await readNow(manager));
}

/** NOT_FOUND for who is not in the room. */
async function findOther(
  manager: EntityManager,
  chatId: string,
  personId: string,
): Promise<{ isGuest: boolean }> {
  const account = await findAccountChat(manager, chatId, personId);
  if (!account?.isIn) throw fail('NOT_FOUND');
  const [member]: { isGuest: boolean }[] = await manager.query(
    'SELECT is_guest "isGuest" FROM members WHERE chat_id = $1 AND user_id = $2',
    [chatId, personId],
  );
  return { isGuest: member?.isGuest ?? false };
}
