import type { InCall } from '@ahoy/shared/protocol/calls.ts';
import type { DataSource } from 'typeorm';

/**
 * Notes that a device is in a call, and which others it hears. Answers whether it is still in: not after it has left, was
 * taken for gone, or when it belongs to somebody else.
 */
export async function seeInCall(dataSource: DataSource, userId: string, seen: InCall): Promise<boolean> {
  const rows: { isOwn: boolean }[] = await dataSource.query(
    `WITH own AS (
       SELECT 1 FROM call_participants WHERE id = $2 AND call_id = $1 AND user_id = $3 AND left_at IS NULL),
     seen AS (
       UPDATE call_participants SET seen_at = now()
       WHERE call_id = $1 AND left_at IS NULL AND (id = $2 OR id = ANY ($4::uuid[])) AND EXISTS (SELECT 1 FROM own)
       RETURNING id = $2 "isOwn")
     SELECT "isOwn" FROM seen`,
    [seen.callId, seen.participantId, userId, seen.hears],
  );
  return rows.some((row) => row.isOwn);
}
