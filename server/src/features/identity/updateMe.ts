import { isDeepStrictEqual } from 'node:util';
import type { Me } from '@ahoy/shared/protocol/entities.ts';
import type { WhoMayCall } from '@ahoy/shared/protocol/fields.ts';
import { type EntityManager, QueryFailedError } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import { type PersonEntity, PersonSchema } from '../contacts/person.entity.ts';
import { fail } from '../fail.ts';
import { holdMe } from './holdMe.ts';
import { presentMe } from './me.presenter.ts';
import type { Identity } from './parts.ts';
import { isReservedUsername } from './reservedUsernames.ts';
import { type UserEntity, UserSchema } from './user.entity.ts';

const UNIQUE_VIOLATION = '23505';

export type MeChange = {
  name?: string;
  username?: string | null;
  about?: string;
  isFindableByEmail?: boolean;
  whoMayCall?: WhoMayCall;
  isAlwaysRelayed?: boolean;
  isMetInRooms?: boolean;
  locale?: 'en' | 'ru';
};

/** Changes profile and settings. What is the same as before makes no new version and is not announced. */
export async function updateMe(identity: Identity, userId: string, change: MeChange): Promise<Me> {
  // PostgreSQL's texts cannot hold NUL.
  if (change.about?.includes('\0')) throw fail('BAD_REQUEST', { fields: ['about'] });
  if (change.username && isReservedUsername(change.username)) throw fail('USERNAME_TAKEN');
  const changed = await transaction(identity.dataSource, async (manager) => {
    const { user, person } = await holdMe(manager, userId);
    return {
      ...(await changeSettings(manager, user, change)),
      ...(await changePerson(manager, person, change)),
    };
  }).catch((error: unknown) => {
    throw isUsernameTaken(error) ? fail('USERNAME_TAKEN') : error;
  });
  const me = presentMe(changed.person, changed.user);
  announceChanges(identity, me, changed);
  return me;
}

type Changed = { user: UserEntity; hasNewSettings: boolean; hasNewPerson: boolean };

function announceChanges({ announcer }: Identity, { person, settings }: Me, changed: Changed): void {
  if (changed.hasNewPerson) announcer.announce('personChanged', { person });
  if (!changed.hasNewSettings) return;
  const to = changed.user.accountVersion;
  const delta = { from: to - 1, to, chats: [], settings };
  announcer.announce('accountChanged', { userId: person.id, delta });
}

async function changeSettings(manager: EntityManager, user: UserEntity, change: MeChange) {
  const wanted = {
    isFindableByEmail: change.isFindableByEmail ?? user.isFindableByEmail,
    whoMayCall: change.whoMayCall ?? user.whoMayCall,
    isAlwaysRelayed: change.isAlwaysRelayed ?? user.isAlwaysRelayed,
    isMetInRooms: change.isMetInRooms ?? user.isMetInRooms,
    locale: change.locale ?? user.locale,
  };
  if (isDeepStrictEqual({ ...user, ...wanted }, user)) return { user, hasNewSettings: false };
  const version = user.accountVersion + 1;
  const next = { ...wanted, accountVersion: version, settingsVersion: version };
  await manager.update(UserSchema, { id: user.id }, next);
  return { user: { ...user, ...next }, hasNewSettings: true };
}

async function changePerson(manager: EntityManager, person: PersonEntity, change: MeChange) {
  const { name = person.name, about = person.about } = change;
  const username = change.username === undefined ? person.username : change.username;
  if (name === person.name && about === person.about && username === person.username) {
    return { person, hasNewPerson: false };
  }
  const next = { name, about, username, version: person.version + 1 };
  const changed = () => 'pg_current_xact_id()::text::bigint';
  await manager.update(PersonSchema, { id: person.id }, { ...next, changed });
  return { person: { ...person, ...next }, hasNewPerson: true };
}

function isUsernameTaken(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code, constraint } = error.driverError as { code?: unknown; constraint?: unknown };
  return code === UNIQUE_VIOLATION && constraint === 'people_username';
}
