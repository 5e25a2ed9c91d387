import type { PushTest } from '@ahoy/shared/protocol/notifications.ts';
import type { DataSource } from 'typeorm';
import { fail } from '../fail.ts';
import type { Viewer } from '../procedures.ts';
import type { NoticeFor } from './composePushes.ts';
import type { PushTarget } from './encryptPush.ts';
import type { Pusher } from './pusher.ts';
import type { PushOutcome } from './pushQueue.ts';
import { type PushTestEntity, PushTestSchema } from './pushTest.entity.ts';
import { LIVE_DEVICES, targetColumns } from './subscriptions.ts';

const TTL_SECONDS = 60;

export type TestParts = {
  dataSource: DataSource;
  /** Absent: this server pushes nothing. */
  push?: { compose(notices: NoticeFor[]): Promise<(NoticeFor & { json: string })[]>; pusher: Pusher };
  onError(error: unknown): void;
};

/** Sends a push to the device that asks, whether it is looked at or not. The same id again is the same test. */
export async function startTest(parts: TestParts, { sessionId }: Viewer, id: string): Promise<PushTest> {
  const { dataSource, push } = parts;
  const [isNew]: { id: string }[] = await dataSource.query(
    'INSERT INTO push_tests (id, session_id) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING RETURNING id',
    [id, sessionId],
  );
  if (!isNew) return readTest(dataSource, { sessionId }, id);
  const [device]: (PushTarget & { locale: 'en' | 'ru' })[] = await dataSource.query(
    `SELECT ${targetColumns}, u.locale FROM ${LIVE_DEVICES} JOIN users u ON u.id = p.user_id WHERE p.session_id = $1`,
    [sessionId],
  );
  if (!device || !push) {
    await dataSource.query(`UPDATE push_tests SET problem = 'notSubscribed' WHERE id = $1`, [id]);
    return readTest(dataSource, { sessionId }, id);
  }
  const { locale, ...target } = device;
  const [composed] = await push.compose([{ target, locale, notice: { kind: 'test', testId: id } }]);
  if (!composed) throw new Error('one notice makes one push');
  await dataSource.query(`UPDATE push_tests SET sent_after_ms = ${SINCE_START} WHERE id = $1`, [id]);
  push.pusher.push({
    ...{ target, json: composed.json, ttlSeconds: TTL_SECONDS, urgency: 'high' },
    onOutcome(outcome, status) {
      dataSource
        .query(
          `UPDATE push_tests SET status = $2, answered_after_ms = ${SINCE_START}, problem = $3 WHERE id = $1`,
          [id, status, problemOf(outcome, status)],
        )
        .catch(parts.onError);
    },
  });
  return readTest(dataSource, { sessionId }, id);
}

/** How far a test came. NOT_FOUND for those of other devices. */
export async function readTest(
  dataSource: DataSource,
  { sessionId }: Pick<Viewer, 'sessionId'>,
  id: string,
): Promise<PushTest> {
  const row = await dataSource.manager.findOneBy(PushTestSchema, { id, sessionId });
  if (!row) throw fail('NOT_FOUND');
  return presentTest(row);
}

/** The device says that it has shown it; again, or for an unknown one, nothing happens. */
export async function confirmTest(dataSource: DataSource, id: string): Promise<void> {
  await dataSource.query(
    `UPDATE push_tests SET shown_after_ms = ${SINCE_START} WHERE id = $1 AND shown_after_ms IS NULL`,
    [id],
  );
}

const SINCE_START = `(extract(epoch FROM clock_timestamp() - started_at) * 1000)::float8`;

function problemOf(outcome: PushOutcome, status: number): PushTest['problem'] {
  if (outcome === 'sent') return null;
  if (outcome === 'gone') return 'gone';
  if (status === 429) return 'tooMany';
  return status >= 400 && status < 500 ? 'refused' : 'unreachable';
}

function presentTest(row: PushTestEntity): PushTest {
  const { id, sentAfterMs, status, answeredAfterMs, shownAfterMs, problem } = row;
  return { id, sentAfterMs, status, answeredAfterMs, shownAfterMs, problem };
}
