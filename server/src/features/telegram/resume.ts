import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../../http/context.ts';
import { fail } from '../fail.ts';
import { answerSession, deviceOf, expiryFrom } from '../identity/sessions.ts';
import { findAccountOf } from './accounts.ts';
import type { Launch } from './launchData.ts';
import type { Telegram } from './parts.ts';

/** The session that this launch has opened, whether or not it lives. */
export async function findResumed(manager: EntityManager, { key }: Launch): Promise<string | undefined> {
  const [row]: { sessionId: string }[] = await manager.query(
    'SELECT session_id "sessionId" FROM telegram_launches WHERE hash = $1',
    [key],
  );
  return row?.sessionId;
}

/**
 * Comes back to a session, as a page does that was loaded anew and has lost its tokens. SESSION_ENDED where it is over, or
 * where this Telegram user opens its account no more.
 */
export async function resume(
  telegram: Telegram,
  { user }: Launch,
  sessionId: string,
  context: RequestContext,
): Promise<SessionAnswer> {
  const { dataSource, clock } = telegram;
  const now = clock();
  const { userAgent, address } = deviceOf(context);
  const accountId = await findAccountOf(dataSource.manager, user.telegramId);
  // Not refreshed: the newest token that was given out is given out again.
  const [[row]]: [{ generation: number }[], number] = await dataSource.query(
    `UPDATE sessions SET last_used_at = $3, expires_at = $4, user_agent = $5, address = $6
      WHERE id = $1 AND user_id = $2 AND ended_at IS NULL AND expires_at > $3
  RETURNING generation`,
    [sessionId, accountId, now, expiryFrom(now), userAgent, address],
  );
  if (!row || !accountId) throw fail('SESSION_ENDED');
  return answerSession(telegram, context, { userId: accountId, sessionId }, row.generation);
}
