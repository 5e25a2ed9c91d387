import type { NotificationSettings } from '@ahoy/shared/protocol/notifications.ts';
import type { DataSource } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import { type DeviceState, decideCall } from './decide.ts';
import type { PushTarget } from './encryptPush.ts';
import { msOf, settingsOfRow, targetOfRow } from './messageRows.ts';
import { LIVE_DEVICES } from './subscriptions.ts';

type CallDevice = {
  target: PushTarget;
  locale: 'en' | 'ru';
  device: DeviceState;
  settings: NotificationSettings;
};

const deviceColumns = `${targetOfRow} target, u.locale, ${settingsOfRow} settings,
  json_build_object('lookedAtUntil', ${msOf('p.looked_at_until')}) device`;

const people = 'JOIN users u ON u.id = p.user_id LEFT JOIN notification_settings n ON n.user_id = p.user_id';

/**
 * The devices that are to be told that a call rings, noted as told. Whoever withdraws it comes before, and nobody is told, or
 * after, and finds the notes: both hold the invitation.
 */
export function holdRing(dataSource: DataSource, callId: string): Promise<CallDevice[]> {
  return transaction(dataSource, async (manager) => {
    const ringing: { userId: string }[] = await manager.query(
      `SELECT i.user_id "userId" FROM call_invitations i JOIN calls c ON c.id = i.call_id
       WHERE i.call_id = $1 AND i.state = 'ringing' AND c.phase <> 'ended' AND c.rings_until > now()
       ORDER BY i.user_id FOR SHARE OF i`,
      [callId],
    );
    const devices: CallDevice[] = await manager.query(
      `SELECT ${deviceColumns} FROM ${LIVE_DEVICES} ${people} WHERE p.user_id = ANY($1)`,
      [ringing.map(({ userId }) => userId)],
    );
    const now = Date.now();
    const told = devices.filter((each) => decideCall(each, now));
    // Those who want to hear of no calls, but of missed ones, are noted, too.
    const noted = devices.filter((each) => told.includes(each) || !each.settings.calls);
    if (noted.length > 0)
      await manager.query(
        `INSERT INTO pushed_calls AS c (call_id, session_id, user_id, is_rung)
         SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::boolean[])
         ON CONFLICT (call_id, session_id) DO UPDATE SET is_rung = c.is_rung OR excluded.is_rung`,
        [
          callId,
          noted.map(({ target }) => target.sessionId),
          noted.map(({ target }) => target.userId),
          noted.map((each) => told.includes(each)),
        ],
      );
    return told;
  });
}

/** Devices of these people that may have to be told what became of a call; each is answered once, to one process. */
export function takeRung(
  dataSource: DataSource,
  callId: string,
  userIds: string[],
): Promise<(CallDevice & { isRung: boolean })[]> {
  return dataSource.query(
    `WITH told AS (
       DELETE FROM pushed_calls WHERE call_id = $1 AND user_id = ANY($2) RETURNING session_id, is_rung)
     SELECT told.is_rung "isRung", ${deviceColumns}
     FROM told JOIN ${LIVE_DEVICES} ON p.session_id = told.session_id ${people}`,
    [callId, userIds],
  );
}

/** Whether a call still rings at someone. */
export async function stillRings(dataSource: DataSource, callId: string, userId: string): Promise<boolean> {
  const [row]: { isSo: boolean }[] = await dataSource.query(
    `SELECT EXISTS (SELECT 1 FROM call_invitations i JOIN calls c ON c.id = i.call_id
       WHERE i.call_id = $1 AND i.user_id = $2 AND i.state = 'ringing' AND c.phase <> 'ended') "isSo"`,
    [callId, userId],
  );
  return row?.isSo ?? false;
}
