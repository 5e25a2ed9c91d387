import { createId } from '@ahoy/shared/domain/ids.ts';
import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../../http/context.ts';
import type { SessionParts } from './sessions.ts';

export type Guest = { userId: string; guestOf: string };

/** A person without an account, who belongs to one room. */
export async function insertGuest(
  manager: EntityManager,
  guest: { guestOf: string; name: string; locale: 'en' | 'ru' },
): Promise<string> {
  const id = createId();
  await manager.query(
    `WITH guest AS (
       INSERT INTO users (id, locale, guest_of, is_findable_by_email, account_version, settings_version)
       VALUES ($1, $2, $3, false, 1, 1) RETURNING id)
     INSERT INTO people (id, version, changed, name)
     SELECT id, 1, pg_current_xact_id()::text::bigint, $4 FROM guest`,
    [id, guest.locale, guest.guestOf, guest.name],
  );
  return id;
}

/** The guest whose session this browser has, while it lives. */
export async function findGuestOfSession(
  { dataSource, refreshTokens, clock }: Pick<SessionParts, 'dataSource' | 'refreshTokens' | 'clock'>,
  context: RequestContext,
): Promise<Guest | undefined> {
  const token = refreshTokens.read(context.sessionToken);
  if (!token) return undefined;
  const [guest]: Guest[] = await dataSource.query(
    `SELECT u.id "userId", u.guest_of "guestOf" FROM sessions s JOIN users u ON u.id = s.user_id
     WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND u.guest_of IS NOT NULL`,
    [token.sessionId, clock()],
  );
  return guest;
}
