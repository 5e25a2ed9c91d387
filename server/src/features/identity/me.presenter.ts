import type { Me } from '@ahoy/shared/protocol/entities.ts';
import type { PersonEntity } from '../contacts/person.entity.ts';
import { presentPerson } from '../contacts/person.presenter.ts';
import { presentSettings } from './settings.presenter.ts';
import type { UserEntity } from './user.entity.ts';

/** The signed-in person: what all see, and what only they do. */
export function presentMe(person: PersonEntity, user: UserEntity): Me {
  const me = { person: presentPerson(person), settings: presentSettings(user) };
  return user.guestOf ? { ...me, guestOf: user.guestOf } : me;
}
