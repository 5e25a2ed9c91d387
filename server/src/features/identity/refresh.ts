import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { RequestContext } from '../../http/context.ts';
import { fail } from '../fail.ts';
import type { Identity } from './parts.ts';
import type { RefreshToken } from './refreshTokens.ts';
import { announceEnded, answerSession, deviceOf, type EndedSession, expiryFrom } from './sessions.ts';

/** How long a token still works after its successor was first used: for answers that were lost on the way. */
const GRACE_MS = 60_000;

/**
 * Rotates the refresh token. A token leads to its successor until that was used, and 60 s longer, and always
 * to the same one; anything older was copied, so the session ends for the thief and the owner.
 */
export async function refresh(identity: Identity, context: RequestContext): Promise<SessionAnswer> {
  const { limits, refreshTokens } = identity;
  await limits.refreshByAddress(context.address);
  const token = refreshTokens.read(context.sessionToken);
  if (!token) throw fail('SESSION_ENDED');
  const userId = await rotate(identity, context, token);
  if (!userId) {
    await endReplayed(identity, token);
    throw fail('SESSION_ENDED');
  }
  return answerSession(identity, context, { userId, sessionId: token.sessionId }, token.generation + 1);
}

/** One conditional UPDATE decides, so that callers at the same time agree. */
async function rotate(
  { dataSource, clock }: Identity,
  context: RequestContext,
  { sessionId, generation }: RefreshToken,
): Promise<string | undefined> {
  const now = clock();
  const { userAgent, address } = deviceOf(context);
  const [[row]]: [{ userId: string }[], number] = await dataSource.query(
    `UPDATE sessions
        SET rotated_at = CASE WHEN generation = $2 THEN $3 ELSE rotated_at END,
            generation = GREATEST(generation, $2 + 1),
            last_used_at = $3, expires_at = $4, user_agent = $5, address = $6
      WHERE id = $1 AND ended_at IS NULL AND expires_at > $3
        AND (generation IN ($2, $2 + 1) OR (generation = $2 + 2 AND rotated_at >= $7))
  RETURNING user_id AS "userId"`,
    [sessionId, generation, now, expiryFrom(now), userAgent, address, new Date(now.getTime() - GRACE_MS)],
  );
  return row?.userId;
}

async function endReplayed(identity: Identity, { sessionId }: RefreshToken): Promise<void> {
  const { dataSource, clock } = identity;
  const [ended]: [EndedSession[], number] = await dataSource.query(
    `UPDATE sessions SET ended_at = $2, expires_at = LEAST(expires_at, $2)
      WHERE id = $1 AND ended_at IS NULL AND expires_at > $2
  RETURNING id, user_id AS "userId"`,
    [sessionId, clock()],
  );
  announceEnded(identity, ended);
}
