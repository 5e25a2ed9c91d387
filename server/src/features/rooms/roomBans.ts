import type { EntityManager } from 'typeorm';

const REFUSED_MINUTES = 10;

/** Why somebody stays out: as this person, or on this device. */
export async function findBan(
  manager: EntityManager,
  chatId: string,
  userId: string,
  deviceHash = '',
): Promise<'refused' | 'removed' | undefined> {
  const [ban]: { isForGood: boolean | null }[] = await manager.query(
    `SELECT bool_or(until IS NULL) "isForGood" FROM room_bans
     WHERE chat_id = $1 AND (user_id = $2 OR (device_hash = $3 AND device_hash <> '')) AND (until IS NULL OR until > now())`,
    [chatId, userId, deviceHash],
  );
  if (!ban || ban.isForGood === null) return undefined;
  return ban.isForGood ? 'removed' : 'refused';
}

/** Keeps somebody out, also under a new name on the devices that they came with. */
export async function banPerson(
  manager: EntityManager,
  chatId: string,
  userId: string,
  howLong: 'a while' | 'for good',
): Promise<void> {
  await manager.query(
    `INSERT INTO room_bans AS b (chat_id, user_id, device_hash, until)
     SELECT $1::uuid, $2::uuid, d.device_hash,
       CASE WHEN $3 THEN NULL ELSE now() + make_interval(mins => ${REFUSED_MINUTES}) END
     FROM (SELECT '' device_hash UNION SELECT device_hash FROM room_devices WHERE chat_id = $1 AND user_id = $2) d
     ON CONFLICT (chat_id, user_id, device_hash) DO UPDATE
       SET until = CASE WHEN b.until IS NULL THEN NULL ELSE excluded.until END`,
    [chatId, userId, howLong === 'for good'],
  );
}
