import type { CallReach } from '@ahoy/shared/domain/call.ts';
import { transaction } from '../../database/transaction.ts';
import { findChat } from '../chats/chatAccess.ts';
import { loadCall, readNow } from './callStore.ts';
import { announceCall, type CallNews, type CallsParts } from './parts.ts';

/** Better news later replaces worse: a push may be taken at the second try. */
const WORTH: Record<CallReach, number> = { nobody: 0, notified: 1, rings: 2 };

/** Tells everyone in a call whether a person that it rings at could be told of it. */
export async function noteReach(
  parts: CallsParts,
  callId: string,
  userId: string,
  reach: CallReach,
): Promise<void> {
  const news = await transaction(parts.dataSource, async (manager): Promise<CallNews | undefined> => {
    const named = await loadCall(manager, callId);
    if (!named) return undefined;
    await findChat(manager, named.row.chatId, { lock: true });
    const call = await loadCall(manager, callId);
    const known = call?.state.invitations.find((each) => each.userId === userId);
    if (!call || known?.state !== 'ringing') return undefined;
    if (known.reach && WORTH[known.reach] >= WORTH[reach]) return undefined;
    await manager.query('UPDATE call_invitations SET reach = $3 WHERE call_id = $1 AND user_id = $2', [
      callId,
      userId,
      reach,
    ]);
    await manager.query('UPDATE calls SET version = version + 1 WHERE id = $1', [callId]);
    const invitations = call.state.invitations.map((each) => (each === known ? { ...each, reach } : each));
    const row = { ...call.row, version: call.row.version + 1 };
    return {
      call: { row, state: { ...call.state, invitations } },
      now: await readNow(manager),
      message: null,
    };
  });
  if (news) announceCall(parts.announcer, news);
}
