import type { Me } from '@ahoy/shared/protocol/entities.ts';
import type { EntityManager } from 'typeorm';
import { PersonSchema } from '../contacts/person.entity.ts';
import { fail } from '../fail.ts';
import { presentMe } from './me.presenter.ts';
import { UserSchema } from './user.entity.ts';

/** The person's own view of their account. UNAUTHORIZED when it is gone. */
export async function readMe(manager: EntityManager, userId: string): Promise<Me> {
  const user = await manager.findOneBy(UserSchema, { id: userId });
  const person = await manager.findOneBy(PersonSchema, { id: userId });
  if (!user || !person) throw fail('UNAUTHORIZED');
  return presentMe(person, user);
}
