import type { EntityManager } from 'typeorm';
import { fail } from '../fail.ts';
import type { Merging } from './mergePlan.ts';

/** The Telegram user that led into the other account leads into the kept one. CONFLICT where that has one already. */
export async function moveTelegram(manager: EntityManager, { keptId, otherId }: Merging): Promise<void> {
  const rows: { userId: string }[] = await manager.query(
    'SELECT user_id "userId" FROM telegram_identities WHERE user_id IN ($1, $2) ORDER BY telegram_id FOR UPDATE',
    [keptId, otherId],
  );
  if (rows.length > 1) throw fail('CONFLICT');
  await manager.query('UPDATE telegram_identities SET user_id = $1 WHERE user_id = $2', [keptId, otherId]);
  await manager.query(
    `UPDATE telegram_notices n SET user_id = $1 WHERE user_id = $2 AND NOT EXISTS (
       SELECT 1 FROM telegram_notices own WHERE own.user_id = $1 AND own.subject_id = n.subject_id)`,
    [keptId, otherId],
  );
  await manager.query('DELETE FROM telegram_notices WHERE user_id = $1', [otherId]);
}

/** Rooms that the other account made, where it waits to be let in, and where it is kept out. */
export async function moveRooms(manager: EntityManager, { keptId, otherId }: Merging): Promise<void> {
  const both = [keptId, otherId];
  await manager.query('UPDATE rooms SET created_by = $1 WHERE created_by = $2', both);
  await manager.query(
    `INSERT INTO room_knocks (chat_id, user_id, since)
     SELECT chat_id, $1::uuid, since FROM room_knocks k WHERE user_id = $2 AND NOT EXISTS (
       SELECT 1 FROM members m WHERE m.chat_id = k.chat_id AND m.user_id = $1 AND m.is_in)
     ON CONFLICT DO NOTHING`,
    both,
  );
  await manager.query('DELETE FROM room_knocks WHERE user_id = $1', [otherId]);
  await manager.query(
    `INSERT INTO room_devices (chat_id, user_id, device_hash)
     SELECT chat_id, $1::uuid, device_hash FROM room_devices WHERE user_id = $2 ON CONFLICT DO NOTHING`,
    both,
  );
  await manager.query(
    `INSERT INTO room_bans (chat_id, user_id, device_hash, until)
     SELECT chat_id, $1::uuid, device_hash, until FROM room_bans b WHERE user_id = $2 AND NOT EXISTS (
       SELECT 1 FROM members m WHERE m.chat_id = b.chat_id AND m.user_id = $1 AND m.is_in)
     ON CONFLICT DO NOTHING`,
    both,
  );
}

/** Settings that the kept account has none of; devices that are pushed to end. */
export async function moveSettings(manager: EntityManager, { keptId, otherId }: Merging): Promise<void> {
  await manager.query(
    `INSERT INTO notification_settings (user_id, messages, calls, missed_calls, has_preview, quiet, telegram)
     SELECT $1::uuid, messages, calls, missed_calls, has_preview, quiet, telegram FROM notification_settings WHERE user_id = $2
     ON CONFLICT DO NOTHING`,
    [keptId, otherId],
  );
  await manager.query('DELETE FROM push_subscriptions WHERE user_id = $1', [otherId]);
  await manager.query(
    'DELETE FROM hand_offs h USING sessions s WHERE s.id = h.session_id AND s.user_id = $1',
    [otherId],
  );
}

/** The other's photo is the kept account's where that has none. Answers whose rows have changed. */
export async function movePhoto(manager: EntityManager, { keptId, otherId }: Merging): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `WITH moved AS (
       UPDATE photos SET user_id = $1 WHERE user_id = $2 AND NOT EXISTS (SELECT 1 FROM photos WHERE user_id = $1)
       RETURNING id),
     shown AS (
       UPDATE people p SET photo_id = CASE p.id WHEN $1 THEN moved.id END, version = p.version + 1,
         changed = pg_current_xact_id()::text::bigint
       FROM moved WHERE p.id IN ($1, $2) RETURNING p.id)
     SELECT id FROM shown`,
    [keptId, otherId],
  );
  return rows.map((row) => row.id);
}

/** The other account, and whatever was its alias, is an alias of the kept one. Answers whose rows have changed. */
export async function setAliases(manager: EntityManager, { keptId, otherId }: Merging): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `WITH merged AS (
       UPDATE users SET merged_into = $1 WHERE id = $2 OR merged_into = $2 RETURNING id),
     shown AS (
       UPDATE people p SET merged_into = $1, version = p.version + 1, changed = pg_current_xact_id()::text::bigint
       FROM merged WHERE p.id = merged.id RETURNING p.id)
     SELECT id FROM shown ORDER BY id`,
    [keptId, otherId],
  );
  return rows.map((row) => row.id);
}
