import { presentParticipants, ringingUserIds } from '@ahoy/shared/domain/call.ts';
import type { Call, CallQuality } from '@ahoy/shared/protocol/calls.ts';
import type { DataSource } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import { accessChat } from '../chats/chatAccess.ts';
import { fail } from '../fail.ts';
import { presentCall } from './call.presenter.ts';
import { loadCall, readNow } from './callStore.ts';

/** Calls that ring at this person, or that a device of theirs is in. */
export function readCurrentCalls(dataSource: DataSource, userId: string): Promise<Call[]> {
  return transaction(
    dataSource,
    async (manager) => {
      const now = await readNow(manager);
      const found: { id: string }[] = await manager.query(
        `SELECT call_id id FROM call_invitations WHERE user_id = $1 AND state = 'ringing'
         UNION SELECT call_id FROM call_participants WHERE user_id = $1 AND left_at IS NULL`,
        [userId],
      );
      const calls: Call[] = [];
      for (const { id } of found) {
        const call = await loadCall(manager, id);
        if (call && call.state.phase !== 'ended') calls.push(presentCall(call, now));
      }
      return calls;
    },
    { isolation: 'REPEATABLE READ' },
  );
}

/** A call and how it was at each device that told. NOT_FOUND for who is not in its chat. */
export async function readCallDetails(
  dataSource: DataSource,
  userId: string,
  id: string,
): Promise<{ call: Call; quality: { participantId: string; quality: CallQuality }[] }> {
  const { manager } = dataSource;
  const call = await loadCall(manager, id);
  if (!call) throw fail('NOT_FOUND');
  await accessChat(manager, call.row.chatId, userId);
  const quality: { participantId: string; quality: CallQuality }[] = await manager.query(
    'SELECT id "participantId", quality FROM call_participants WHERE call_id = $1 AND quality IS NOT NULL',
    [id],
  );
  return { call: presentCall(call, await readNow(manager)), quality };
}

/** Keeps how the call was at one's own device. NOT_FOUND for a device of somebody else. */
export async function reportQuality(
  dataSource: DataSource,
  userId: string,
  report: { id: string; participantId: string; quality: CallQuality },
): Promise<void> {
  const [kept]: { id: string }[] = await dataSource.query(
    `WITH kept AS (
       UPDATE call_participants SET quality = $4 WHERE id = $1 AND call_id = $2 AND user_id = $3 RETURNING id)
     SELECT id FROM kept`,
    [report.participantId, report.id, userId, report.quality],
  );
  if (!kept) throw fail('NOT_FOUND');
}

/** Whether a call of this id is one that this person takes part in, or is asked to. */
export async function isConcerned(dataSource: DataSource, userId: string, id: string): Promise<boolean> {
  const call = await loadCall(dataSource.manager, id);
  if (!call || call.state.phase === 'ended') return false;
  const people = [
    ...ringingUserIds(call.state),
    ...presentParticipants(call.state).map((each) => each.userId),
  ];
  return people.includes(userId);
}
