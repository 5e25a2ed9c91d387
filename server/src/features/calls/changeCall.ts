import { isDeepStrictEqual } from 'node:util';
import { type CallEvent, type CallRefusal, stepCall } from '@ahoy/shared/domain/call.ts';
import type { ErrorCode } from '@ahoy/shared/errors.ts';
import type { Call } from '@ahoy/shared/protocol/calls.ts';
import type { EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import { accessChat } from '../chats/chatAccess.ts';
import { fail } from '../fail.ts';
import type { Viewer } from '../procedures.ts';
import { presentCall, summarizeCall } from './call.presenter.ts';
import { updateCallMessage } from './callMessage.ts';
import { findChatOfCall, type HeldCall, type Joining, loadCall, readNow, saveCall } from './callStore.ts';
import { announceCall, type CallDevice, type CallNews, type CallsParts, findOtherCall } from './parts.ts';
import { changeRoomMembers, readOutsiders } from './roomHost.ts';

const REFUSALS: Record<CallRefusal, ErrorCode> = {
  ended: 'CALL_ENDED',
  elsewhere: 'CALL_ELSEWHERE',
  taken: 'CONFLICT',
  uninvited: 'NOT_FOUND',
  full: 'CALL_FULL',
};

/**
 * Answers, comes back, or takes over from another of one's own devices. CALL_BUSY when one is in another call, unless one
 * leaves that; CALL_ENDED and CALL_ELSEWHERE say what happened meanwhile.
 */
export async function joinCall(
  parts: CallsParts,
  device: CallDevice,
  wish: { id: string; takesOver: boolean; leavesOther: boolean },
): Promise<Call> {
  let other: Awaited<ReturnType<typeof findOtherCall>>;
  const lookElsewhere = async (manager: EntityManager) => {
    other = await findOtherCall(manager, device.userId, wish.id);
    if (other && !wish.leavesOther) throw fail('CALL_BUSY');
  };
  const event = { ...device, kind: 'join' as const, takesOver: wish.takesOver };
  // One leaves the other call only when this one can be joined.
  const joined = await changeCall(parts, device, wish.id, event, { device, lookElsewhere });
  if (other) {
    const left = { kind: 'leave' as const, userId: device.userId, participantId: other.participantId };
    await changeCall(parts, device, other.callId, left);
  }
  return joined;
}

export function declineCall(parts: CallsParts, viewer: Viewer, id: string): Promise<Call> {
  return changeCall(parts, viewer, id, { kind: 'decline', userId: viewer.userId });
}

export function leaveCall(parts: CallsParts, device: CallDevice, id: string): Promise<Call> {
  return changeCall(parts, device, id, { ...device, kind: 'leave' });
}

async function changeCall(
  parts: CallsParts,
  { userId, sessionId }: Viewer,
  id: string,
  event: CallEvent,
  join?: { device: Joining; lookElsewhere: (manager: EntityManager) => Promise<void> },
): Promise<Call> {
  const { news, isNews } = await transaction(parts.dataSource, async (manager) => {
    const chatId = await findChatOfCall(manager, id);
    if (chatId === undefined) throw fail('NOT_FOUND');
    await accessChat(manager, chatId, userId, { lock: true });
    // Read under the lock: another device may have answered a moment ago.
    const call = await loadCall(manager, id);
    if (!call) throw fail('NOT_FOUND');
    await join?.lookElsewhere(manager);
    const applied = await applyEvent(manager, call, event, join?.device ?? null, await readNow(manager));
    return { news: applied, isNews: applied.call.row.version > call.row.version };
  });
  if (isNews) announceCall(parts.announcer, news, sessionId);
  return presentCall(news.call, news.now);
}

/** Steps a call whose chat is held, and writes what came of it. */
export async function applyEvent(
  manager: EntityManager,
  call: HeldCall,
  event: CallEvent,
  joining: Joining | null,
  now: number,
): Promise<CallNews> {
  const step = stepCall(call.state, event, now);
  // What time alone has ended is written, too, though the event is refused.
  if ('refusal' in step) {
    const { refusal } = step;
    throw fail(REFUSALS[refusal], refusal === 'full' ? { limit: call.state.capacity } : undefined);
  }
  const isSame = isDeepStrictEqual(step.call, call.state);
  const next: HeldCall = {
    row: { ...call.row, version: call.row.version + (isSame ? 0 : 1) },
    state: step.call,
  };
  if (isSame && !joining) return { call, now, message: null };
  await saveCall(manager, next, joining, now);
  const isToldInChat = !isDeepStrictEqual(summarizeCall(call), summarizeCall(next));
  const message = isToldInChat ? await updateCallMessage(manager, next) : null;
  if (!next.state.isOpen) return { call: next, now, message };
  const members = await changeRoomMembers(manager, next.row.chatId, call.state, next.state);
  return { call: next, now, message, members, outsiders: await readOutsiders(manager, next) };
}
