import type { EntityManager } from 'typeorm';
import { type PersonEntity, PersonSchema } from '../contacts/person.entity.ts';
import { fail } from '../fail.ts';
import { type UserEntity, UserSchema } from './user.entity.ts';

/** Both rows of an account, held until the transaction ends. UNAUTHORIZED where it is none, or none any more. */
export async function holdMe(
  manager: EntityManager,
  userId: string,
): Promise<{ user: UserEntity; person: PersonEntity }> {
  const held = { where: { id: userId }, lock: { mode: 'for_no_key_update' } } as const;
  const user = await manager.findOne(UserSchema, held);
  const person = await manager.findOne(PersonSchema, held);
  // Other processes may hear a moment later that an account was merged and its sessions are over.
  if (!user || !person || user.mergedInto) throw fail('UNAUTHORIZED');
  return { user, person };
}
