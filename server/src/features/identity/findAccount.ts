import type { EntityManager } from 'typeorm';
import { type UserEntity, UserSchema } from './user.entity.ts';

/** The account that a way in leads to: where it was merged into another one, that other. */
export async function findAccount(
  manager: EntityManager,
  where: { id: string } | { email: string },
): Promise<UserEntity | null> {
  const user = await manager.findOneBy(UserSchema, where);
  // Merging leaves no chains: one step is all there is.
  return user?.mergedInto ? manager.findOneBy(UserSchema, { id: user.mergedInto }) : user;
}
