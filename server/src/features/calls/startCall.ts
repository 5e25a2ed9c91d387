import { startCall as begin } from '@ahoy/shared/domain/call.ts';
import { createId } from '@ahoy/shared/domain/ids.ts';
import type { Call, CallMedia } from '@ahoy/shared/protocol/calls.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { transaction } from '../../database/transaction.ts';
import { accessChat } from '../chats/chatAccess.ts';
import { fail } from '../fail.ts';
import type { Limiter } from '../procedures.ts';
import { presentCall } from './call.presenter.ts';
import { insertCallMessage } from './callMessage.ts';
import { findOpenCall, type HeldCall, insertCall, loadCall, readNow } from './callStore.ts';
import { applyEvent } from './changeCall.ts';
import { readInvited } from './mayCall.ts';
import { announceCall, type CallDevice, type CallNews, type CallsParts, findOtherCall } from './parts.ts';
import { isRoomClosed, readOutsiders } from './roomHost.ts';

export type StartCallParts = CallsParts & {
  longestCallSeconds: number;
  /** How many people fit into a room's call. */
  roomPeople: number;
  /** How often one person may ring in a chat. */
  limitRings: Limiter;
};

/**
 * Rings at everyone else in the chat; a room's call rings at nobody and stands open to everyone in it. The id is the idempotency key. Where a call of that chat rings or goes on already,
 * this device joins it: so two who call each other at the same moment meet. CALL_BUSY when one is in another call,
 * FORBIDDEN where nobody in the chat may be called by this person.
 */
export async function startCall(
  parts: StartCallParts,
  device: CallDevice,
  wish: { id: string; chatId: string; media: CallMedia },
): Promise<Call> {
  await parts.limitRings(`${device.userId} ${wish.chatId}`);
  const news = await transaction(parts.dataSource, async (manager): Promise<CallNews> => {
    const { chat, account } = await accessChat(manager, wish.chatId, device.userId, { lock: true });
    const now = await readNow(manager);
    const known = await loadCall(manager, wish.id);
    if (known) {
      if (known.state.startedBy !== device.userId || known.row.chatId !== wish.chatId) throw fail('CONFLICT');
      return { call: known, now, message: null, outsiders: await readOutsiders(manager, known) };
    }
    if (account.isSilenced) throw fail('FORBIDDEN');
    const open = await findOpenCall(manager, wish.chatId);
    const join = { ...device, kind: 'join' as const, takesOver: false };
    if (await findOtherCall(manager, device.userId, open?.state.id ?? wish.id)) throw fail('CALL_BUSY');
    if (open) return applyEvent(manager, open, join, device, now);
    const isOpen = chat.kind === 'room';
    // Guests have a closed room only until the call is over that goes on there.
    if (device.guestOf && (await isRoomClosed(manager, chat.id))) throw fail('ROOM_CLOSED');
    const invited = isOpen ? [] : await readInvited(manager, chat.id, device.userId);
    const isTooFew = !isOpen && invited.length === 0;
    if (isTooFew || invited.length >= LIMITS.callParticipants) throw fail('FORBIDDEN');
    const state = begin({
      ...{ id: wish.id, startedBy: device.userId, participantId: device.participantId, invited, now },
      ringMs: LIMITS.callRingSeconds * 1000,
      longestMs: parts.longestCallSeconds * 1000,
      needsTwo: chat.kind === 'direct',
      isOpen,
      capacity: isOpen ? parts.roomPeople : LIMITS.callParticipants,
    });
    const row = { chatId: chat.id, messageId: createId(), version: 1, media: wish.media };
    const call: HeldCall = { row, state };
    await insertCall(manager, call, device, now);
    return { call, now, message: await insertCallMessage(manager, call) };
  });
  announceCall(parts.announcer, news, device.sessionId);
  return presentCall(news.call, news.now);
}
