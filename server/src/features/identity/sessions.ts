import { createId } from '@ahoy/shared/domain/ids.ts';
import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../../http/context.ts';
import type { Viewer } from '../procedures.ts';
import { ACCESS_TOKEN_SECONDS } from './accessTokens.ts';
import { USER_AGENT_LENGTH } from './device.presenter.ts';
import type { Identity } from './parts.ts';
import { readMe } from './readMe.ts';

/** A session that nobody uses for this long is over. */
const IDLE_SECONDS = 60 * 24 * 60 * 60;

/** What opening and ending sessions needs. */
export type SessionParts = Pick<
  Identity,
  'dataSource' | 'accessTokens' | 'refreshTokens' | 'announcer' | 'clock'
>;

export type EndedSession = { id: string; userId: string };

/** The device behind a request, as a session keeps it. */
export function deviceOf(context: RequestContext): { userAgent: string; address: string } {
  return { userAgent: context.userAgent.slice(0, USER_AGENT_LENGTH), address: context.address };
}

export function expiryFrom(now: Date): Date {
  return new Date(now.getTime() + IDLE_SECONDS * 1000);
}

type Proved = {
  userId: string;
  /** With which one was proved; undefined where another way led in. */
  passwordHash?: string;
  /** When they proved who they are, if not now. */
  authenticatedAt?: Date;
  sessionId?: string;
};

/**
 * Inserts a session where the account still has this password hash, if one is given, and has not become an alias. The lock
 * makes it wait for a change of the password, or a merging, that is under way, so that no session outlives what it was
 * proved with.
 */
export async function insertSession(
  manager: EntityManager,
  { userId, passwordHash, authenticatedAt, sessionId = createId() }: Proved,
  context: RequestContext,
  now: Date,
): Promise<Viewer | undefined> {
  const { userAgent, address } = deviceOf(context);
  const [row]: { id: string }[] = await manager.query(
    `INSERT INTO sessions (id, user_id, generation, rotated_at, authenticated_at, user_agent, address,
                           created_at, last_used_at, expires_at, is_in_memory)
     SELECT $1, users.id, 0, $4, $8, $5, $6, $4, $4, $7, $9
       FROM users WHERE users.id = $2 AND users.merged_into IS NULL
                    AND ($3::text IS NULL OR users.password_hash = $3)
        FOR SHARE
  RETURNING id`,
    [
      ...[sessionId, userId, passwordHash ?? null, now, userAgent, address],
      ...[expiryFrom(now), authenticatedAt ?? now, context.isSessionInMemory],
    ],
  );
  return row && { userId, sessionId: row.id };
}

/** Ends those sessions of a person that are named, or all but one. Announce them after the commit. */
export async function endSessions(
  manager: EntityManager,
  userId: string,
  which: { only: string } | { except: string | null },
  now: Date,
): Promise<EndedSession[]> {
  const [condition, id] =
    'only' in which ? ['id = $3', which.only] : ['id IS DISTINCT FROM $3', which.except];
  // Its validity ends too, so that one index finds what is over.
  const [ended]: [EndedSession[], number] = await manager.query(
    `UPDATE sessions SET ended_at = $2, expires_at = LEAST(expires_at, $2)
      WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2 AND ${condition}::uuid
  RETURNING id, user_id AS "userId"`,
    [userId, now, id],
  );
  return ended;
}

/** Closes the sockets of ended sessions and voids their access tokens. */
export function announceEnded(
  { announcer }: Pick<SessionParts, 'announcer'>,
  ended: readonly EndedSession[],
): void {
  for (const { id, userId } of ended) announcer.announce('sessionEnded', { sessionId: id, userId });
}

/** Gives a browser its session: the refresh token, an access token and who it is. */
export async function answerSession(
  identity: SessionParts,
  context: RequestContext,
  viewer: Viewer,
  generation = 0,
): Promise<SessionAnswer> {
  const { accessTokens, dataSource, refreshTokens } = identity;
  const { sessionId } = viewer;
  const me = await readMe(dataSource.manager, viewer.userId);
  const accessToken = await accessTokens.sign({ ...viewer, guestOf: me.guestOf });
  context.keepSessionToken(refreshTokens.write({ sessionId, generation }), IDLE_SECONDS);
  return { accessToken, expiresInSeconds: ACCESS_TOKEN_SECONDS, sessionId, me };
}

/** Ends the session that this browser has, as signing out or signing in as someone does. */
export async function endOwnSession(identity: SessionParts, context: RequestContext): Promise<void> {
  const { dataSource, refreshTokens, clock } = identity;
  const token = refreshTokens.read(context.sessionToken);
  if (!token) return;
  const [ended]: [EndedSession[], number] = await dataSource.query(
    `UPDATE sessions SET ended_at = $2, expires_at = LEAST(expires_at, $2)
      WHERE id = $1 AND ended_at IS NULL
  RETURNING id, user_id AS "userId"`,
    [token.sessionId, clock()],
  );
  announceEnded(identity, ended);
}
