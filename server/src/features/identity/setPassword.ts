import type { EntityManager } from 'typeorm';

type Owner = { email: string | null; locale: 'en' | 'ru' };

/**
 * Replaces the hash, where it is still the `expected` one if that is given, and voids the letters that could replace it
 * again. Returns whom to tell, or undefined when the password is no longer the expected one.
 */
export async function setPassword(
  manager: EntityManager,
  { userId, hash, expected }: { userId: string; hash: string; expected?: string },
  now: Date,
): Promise<Owner | undefined> {
  const [[owner]]: [Owner[], number] = await manager.query(
    `UPDATE users SET password_hash = $2
      WHERE id = $1 AND ($3::text IS NULL OR password_hash = $3)
  RETURNING email, locale`,
    [userId, hash, expected ?? null],
  );
  if (!owner) return undefined;
  await manager.query(
    `UPDATE challenges SET used_at = $2 WHERE kind = 'reset' AND used_at IS NULL
        AND user_id IN (SELECT id FROM users WHERE id = $1 OR merged_into = $1)`,
    [userId, now],
  );
  return owner;
}
