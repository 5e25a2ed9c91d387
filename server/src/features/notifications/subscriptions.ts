import type { PushDevice } from '@ahoy/shared/protocol/notifications.ts';
import type { DataSource } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import { fail } from '../fail.ts';
import type { Viewer } from '../procedures.ts';
import { type PushDeviceEntity, PushDeviceSchema } from './pushDevice.entity.ts';
import { isSubscriptionKey } from './vapid.ts';

export type Subscription = { endpoint: string; p256dh: string; auth: string };

/** Rows of devices (alias `p`) whose session goes on. */
export const LIVE_DEVICES =
  '(push_subscriptions p JOIN sessions s ON s.id = p.session_id AND s.ended_at IS NULL AND s.expires_at > now())';

export const targetColumns = `p.session_id "sessionId", p.user_id "userId", p.endpoint, p.p256dh, p.auth`;

/** What is known of pushing to the device that asks; null where it has no subscription. */
export async function readPushDevice(
  dataSource: DataSource,
  { sessionId }: Viewer,
): Promise<PushDevice | null> {
  const row = await dataSource.manager.findOneBy(PushDeviceSchema, { sessionId });
  return row && presentPushDevice(row);
}

/**
 * Pushes to this device from now on. FORBIDDEN for a service that the operator does not know, BAD_REQUEST for keys that are
 * none. An endpoint belongs to one session: who signs in anew in a browser takes it along.
 */
export async function subscribe(
  dataSource: DataSource,
  viewer: Viewer,
  subscription: Subscription,
  isAllowed: (endpoint: string) => boolean,
): Promise<PushDevice> {
  const { endpoint, p256dh, auth } = subscription;
  if (!isAllowed(endpoint)) throw fail('FORBIDDEN');
  if (!isSubscriptionKey(p256dh)) throw fail('BAD_REQUEST', { fields: ['p256dh'] });
  if (Buffer.from(auth, 'base64url').length !== 16) throw fail('BAD_REQUEST', { fields: ['auth'] });
  return transaction(dataSource, async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [endpoint]);
    await manager.query('DELETE FROM push_subscriptions WHERE endpoint = $1 AND session_id <> $2', [
      endpoint,
      viewer.sessionId,
    ]);
    await manager.query(
      `INSERT INTO push_subscriptions AS p (session_id, user_id, endpoint, p256dh, auth) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (session_id) DO UPDATE SET endpoint = excluded.endpoint, p256dh = excluded.p256dh,
         auth = excluded.auth,
         created_at = CASE WHEN p.endpoint = excluded.endpoint THEN p.created_at ELSE now() END,
         last_pushed_at = CASE WHEN p.endpoint = excluded.endpoint THEN p.last_pushed_at END,
         last_status = CASE WHEN p.endpoint = excluded.endpoint THEN p.last_status END`,
      [viewer.sessionId, viewer.userId, endpoint, p256dh, auth],
    );
    return presentPushDevice(
      await manager.findOneByOrFail(PushDeviceSchema, { sessionId: viewer.sessionId }),
    );
  });
}

export async function unsubscribe(dataSource: DataSource, sessionId: string): Promise<void> {
  await dataSource.query('DELETE FROM push_subscriptions WHERE session_id = $1', [sessionId]);
}

/** What expired, in small batches: devices whose session has ended, and tests of more than an hour ago. */
export function notificationsCleanup(dataSource: DataSource) {
  const remove = (text: string) => async (limit: number) => {
    const [, count]: [unknown[], number] = await dataSource.query(text, [limit]);
    return count;
  };
  return [
    {
      name: 'push subscriptions of ended sessions',
      run: remove(
        `DELETE FROM push_subscriptions WHERE session_id IN (
           SELECT p.session_id FROM push_subscriptions p JOIN sessions s ON s.id = p.session_id
           WHERE s.ended_at IS NOT NULL OR s.expires_at <= now() LIMIT $1)`,
      ),
    },
    {
      name: 'tests of pushes',
      run: remove(
        `DELETE FROM push_tests WHERE id IN (
           SELECT id FROM push_tests WHERE started_at < now() - interval '1 hour' ORDER BY started_at LIMIT $1)`,
      ),
    },
    {
      name: 'pushes of calls that are over',
      run: remove(
        `DELETE FROM pushed_calls WHERE (call_id, session_id) IN (
           SELECT p.call_id, p.session_id FROM pushed_calls p JOIN calls c ON c.id = p.call_id
           WHERE c.phase = 'ended' AND c.ended_at < now() - interval '1 hour' LIMIT $1)`,
      ),
    },
  ];
}

function presentPushDevice(row: PushDeviceEntity): PushDevice {
  return {
    endpoint: row.endpoint,
    service: new URL(row.endpoint).hostname,
    createdAt: row.createdAt.toISOString(),
    lastPushedAt: row.lastPushedAt?.toISOString() ?? null,
    lastStatus: row.lastStatus,
  };
}
