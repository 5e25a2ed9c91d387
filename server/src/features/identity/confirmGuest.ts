import type { EntityManager } from 'typeorm';
import type { PersonEntity } from '../contacts/person.entity.ts';
import { personColumns, presentPerson } from '../contacts/person.presenter.ts';
import type { Viewer } from '../procedures.ts';
import type { UsedChallenge } from './applyProof.ts';
import type { Identity } from './parts.ts';
import { announceEnded, type EndedSession, endSessions } from './sessions.ts';

/** A guest who has become an account; `tell` what follows from it after the commit. */
export type ConfirmedGuest = { userId: string; viewer?: Viewer | undefined; tell: () => void };

/**
 * Turns the guest who registered into that account: the same person, with the room's chat. `ownSessionId` is the session of
 * the browser that confirms: where it is the guest's it goes on as the account's, so that a call there does; others end.
 * Undefined where the registration is no guest's (any more).
 */
export async function confirmGuest(
  manager: EntityManager,
  identity: Identity,
  challenge: UsedChallenge,
  ownSessionId: string | null,
  now: Date,
): Promise<ConfirmedGuest | undefined> {
  const { guestId, registration, email, locale } = challenge;
  const [guest]: { guestOf: string }[] = await manager.query(
    `SELECT guest_of "guestOf" FROM users WHERE id = $1 AND guest_of IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM users WHERE email = $2)`,
    [guestId, email],
  );
  if (!guestId || !registration || !guest) return undefined;
  const tellRoom = await identity.onGuestSignUp?.(manager, guest.guestOf, guestId);
  const [user] = await manager.query(
    `WITH account AS (
       UPDATE users SET email = $2, password_hash = $3, locale = $4, guest_of = NULL, is_findable_by_email = true,
         account_version = account_version + 1, settings_version = account_version + 1
       WHERE id = $1 AND guest_of IS NOT NULL RETURNING id)
     SELECT id FROM account`,
    [guestId, email, registration.passwordHash, locale],
  );
  if (!user) return undefined;
  const [person]: PersonEntity[] = await manager.query(
    `WITH named AS (
       UPDATE people SET name = $2, version = version + 1, changed = pg_current_xact_id()::text::bigint
       WHERE id = $1 RETURNING ${personColumns('people')})
     SELECT * FROM named`,
    [guestId, registration.name],
  );
  const ended: EndedSession[] = await endSessions(manager, guestId, { except: ownSessionId }, now);
  const [own] = await manager.query(
    `WITH own AS (
       UPDATE sessions SET authenticated_at = $3
       WHERE id = $1 AND user_id = $2 AND ended_at IS NULL AND expires_at > $3 RETURNING id)
     SELECT id FROM own`,
    [ownSessionId, guestId, now],
  );
  return {
    userId: guestId,
    ...(own && ownSessionId && { viewer: { userId: guestId, sessionId: ownSessionId } }),
    tell() {
      tellRoom?.();
      if (person) identity.announcer.announce('personChanged', { person: presentPerson(person) });
      announceEnded(identity, ended);
    },
  };
}
