import { randomBytes } from 'node:crypto';
import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { EntityManager } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import type { RequestContext } from '../../http/context.ts';
import { fail } from '../fail.ts';
import type { Viewer } from '../procedures.ts';
import type { Identity } from './parts.ts';
import { answerSession, endOwnSession, insertSession } from './sessions.ts';

const TOKEN_BYTES = 32;

type From = { id: string; userId: string; authenticatedAt: Date };
type Shown = { id: string; name: string; username: string | null };

/**
 * A token that signs in another browser of this person: once, within a minute, while the session that asked lives. FORBIDDEN
 * for a session in a cookie: it is at home in its browser, and no script there is to get a token that outlives the page.
 */
export async function handOff(
  { dataSource, hashes, limits, clock }: Identity,
  { userId, sessionId }: Viewer,
): Promise<{ token: string; expiresInSeconds: number }> {
  await limits.handOffByPerson(userId);
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const rows: unknown[] = await dataSource.query(
    `INSERT INTO hand_offs (token_hash, session_id, expires_at)
     SELECT $1, id, $3 FROM sessions WHERE id = $2 AND is_in_memory RETURNING session_id`,
    [hashes.token(token), sessionId, new Date(clock().getTime() + LIMITS.handOffSeconds * 1000)],
  );
  if (rows.length === 0) throw fail('FORBIDDEN');
  return { token, expiresInSeconds: LIMITS.handOffSeconds };
}

/** Whom a token would sign in, so that they can see it before they are. It stays good. */
export async function lookAtHandOff(
  { dataSource, hashes, limits, clock }: Identity,
  token: string,
  context: RequestContext,
): Promise<Shown> {
  await limits.handOffByAddress(context.address);
  const [person]: Shown[] = await dataSource.query(
    `SELECT p.id, p.name, p.username
       FROM hand_offs h JOIN sessions s ON s.id = h.session_id JOIN people p ON p.id = s.user_id
      WHERE h.token_hash = $1 AND h.used_at IS NULL AND h.expires_at > $2 AND s.ended_at IS NULL
        AND s.expires_at > $2`,
    [hashes.token(token), clock()],
  );
  if (!person) throw fail('CODE_EXPIRED');
  return person;
}

/**
 * Signs a browser in by a token. It is no newer proof of who this is: acts that need a fresh one count from when the session
 * that asked was proved.
 */
export async function takeHandOff(
  identity: Identity,
  token: string,
  context: RequestContext,
): Promise<SessionAnswer> {
  const { dataSource, hashes, limits, clock } = identity;
  await limits.handOffByAddress(context.address);
  const now = clock();
  const viewer = await transaction(dataSource, async (manager) => {
    const [[from]]: [From[], number] = await manager.query(
      `UPDATE hand_offs h SET used_at = $2 FROM sessions s
        WHERE h.token_hash = $1 AND h.used_at IS NULL AND h.expires_at > $2
          AND s.id = h.session_id AND s.ended_at IS NULL AND s.expires_at > $2
    RETURNING s.id, s.user_id AS "userId", s.authenticated_at AS "authenticatedAt"`,
      [hashes.token(token), now],
    );
    if (!from) throw fail('CODE_EXPIRED');
    const { id, ...proved } = from;
    const opened = await insertSession(manager, proved, context, now);
    // Looked at again under the account's lock: a change of the password that it waited for may have ended that session.
    if (!opened || !(await lives(manager, id))) throw fail('CODE_EXPIRED');
    return opened;
  });
  await endOwnSession(identity, context);
  return answerSession(identity, context, viewer);
}

async function lives(manager: EntityManager, sessionId: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    'SELECT 1 FROM sessions WHERE id = $1 AND ended_at IS NULL FOR SHARE',
    [sessionId],
  );
  return rows.length > 0;
}
