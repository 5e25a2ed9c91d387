import type { DataSource } from 'typeorm';
import type { Announcer } from '../announcements.ts';
import type { Authenticate } from '../procedures.ts';
import { ACCESS_TOKEN_SECONDS, type AccessTokens } from './accessTokens.ts';

type AuthenticateParts = {
  accessTokens: AccessTokens;
  dataSource: DataSource;
  announcer: Announcer;
  clock: () => Date;
};

/** Remembered a little longer than a token lives, for clocks that disagree. */
const REMEMBERED_MS = (ACCESS_TOKEN_SECONDS + 60) * 1000;
/** Other processes tell at once; this finds what they could not tell. */
const LOOK_EVERY_MS = 10_000;

export type Authentication = Authenticate & {
  /** Learns which sessions ended before this process came up. */
  start(): Promise<void>;
  /** Where there are other processes: looks again and again for sessions that they ended. Returns what ends it. */
  follow(onError: (error: unknown) => void): () => Promise<void>;
};

/**
 * Checks access tokens without asking the database: the few sessions that ended while their tokens still live are held
 * in memory. `start` reads those that ended before this process came up; call it before serving.
 */
export function createAuthenticate({
  accessTokens,
  dataSource,
  announcer,
  clock,
}: AuthenticateParts): Authentication {
  // In order of insertion, so the oldest stand first.
  const forgetAt = new Map<string, number>();

  function remember(sessionId: string): void {
    const now = clock().getTime();
    for (const [id, time] of forgetAt) {
      if (time > now) break;
      forgetAt.delete(id);
    }
    forgetAt.delete(sessionId);
    forgetAt.set(sessionId, now + REMEMBERED_MS);
  }

  announcer.on('sessionEnded', ({ sessionId }) => remember(sessionId));
  announcer.on('sessionEndedElsewhere', ({ sessionId }) => remember(sessionId));

  async function authenticate(token: string) {
    const viewer = await accessTokens.verify(token);
    return viewer && !forgetAt.has(viewer.sessionId) ? viewer : undefined;
  }

  async function start(): Promise<void> {
    const now = clock().getTime();
    // Ending a session also ends its validity, so that the index on expires_at finds it.
    const rows: { id: string }[] = await dataSource.query(
      'SELECT id FROM sessions WHERE expires_at BETWEEN $1 AND $2 AND ended_at IS NOT NULL',
      [new Date(now - REMEMBERED_MS), new Date(now + REMEMBERED_MS)],
    );
    for (const { id } of rows)
      if (!forgetAt.has(id)) announcer.announce('sessionEndedElsewhere', { sessionId: id });
  }

  function follow(onError: (error: unknown) => void): () => Promise<void> {
    let looking = Promise.resolve();
    const timer = setInterval(() => {
      looking = start().catch(onError);
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      return looking;
    };
  }

  return Object.assign(authenticate, { start, follow });
}
