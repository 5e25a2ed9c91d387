import type { DataSource } from 'typeorm';
import type { GuardedPost } from '../../http/guardedPost.ts';
import type { Log } from '../../log.ts';
import { encryptPush, type PushTarget } from './encryptPush.ts';
import { createPushQueue, type PushOutcome, type PushQueueOptions } from './pushQueue.ts';
import type { Vapid } from './vapid.ts';

/** Results are written together, so that many pushes cost few statements. */
const WRITE_EVERY_MS = 500;
/** What was decided so recently still holds. */
const FRESH_MS = 500;

export type Push = {
  target: PushTarget;
  json: string;
  ttlSeconds: number;
  urgency: 'high' | 'normal';
  /** What it replaces at the push service while the device is away (RFC 8030, 5.4): 32 characters of base64url at most. */
  topic?: string;
  /** A newer push of the topic to this device replaces it also while it waits here. */
  isReplaceable?: boolean;
  /** Asked before each attempt, except one that follows at once. */
  isWanted?: () => Promise<boolean>;
  onOutcome?: (outcome: PushOutcome, status: number) => void;
};

export type Pusher = {
  /** Returns at once; nothing waits for a push service. */
  push(push: Push): void;
  queued(): number;
  close(): Promise<void>;
};

type Result = { sessionId: string; endpoint: string; status: number; isSent: boolean };

/** Brings pushes to the services, and keeps what these say of each device: one that is gone is pushed to no more. */
export function createPusher(parts: {
  dataSource: DataSource;
  vapid: Vapid;
  client: GuardedPost;
  log: Log;
  queue?: PushQueueOptions;
  onOutcome?: (outcome: PushOutcome) => void;
}): Pusher {
  const { dataSource, vapid, client, log } = parts;
  const queue = createPushQueue(parts.queue);
  let results: Result[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  function note(target: PushTarget, outcome: PushOutcome, status: number): void {
    parts.onOutcome?.(outcome);
    if (outcome === 'expired' || outcome === 'dropped') return;
    const { sessionId, endpoint } = target;
    results.push({ sessionId, endpoint, status, isSent: outcome === 'sent' });
    timer ??= setTimeout(write, WRITE_EVERY_MS);
  }

  function write(): void {
    timer = undefined;
    const batch = results;
    results = [];
    if (batch.length === 0) return;
    writing = writing.then(() =>
      writeResults(dataSource, batch).catch((error) => log.warn({ err: error }, 'results were not written')),
    );
  }

  return {
    queued: queue.size,
    push({ target, json, topic, ...push }) {
      const since = Date.now();
      const expiresAt = since + push.ttlSeconds * 1000;
      queue.add({
        endpoint: target.endpoint,
        expiresAt,
        ...(push.isReplaceable && topic && { replaces: topic }),
        async send() {
          const isFresh = Date.now() - since < FRESH_MS;
          if (push.isWanted && !isFresh && !(await push.isWanted())) return null;
          const ttlSeconds = (expiresAt - Date.now()) / 1000;
          const { headers, body } = encryptPush(vapid, target, json, { ...push, ttlSeconds, topic });
          return client.post(target.endpoint, headers, body);
        },
        onOutcome(outcome, status) {
          note(target, outcome, status);
          push.onOutcome?.(outcome, status);
        },
      });
    },
    async close() {
      await queue.close();
      clearTimeout(timer);
      write();
      await writing;
      client.close();
    },
  };
}

/** The last result of each device counts; those whose service says so are gone (RFC 8030, 7.3). */
async function writeResults(dataSource: DataSource, results: Result[]): Promise<void> {
  const last = [...new Map(results.map((result) => [result.endpoint, result])).values()];
  const gone = last.filter(({ status }) => status === 404 || status === 410);
  if (gone.length > 0)
    await dataSource.query('DELETE FROM push_subscriptions WHERE endpoint = ANY($1)', [
      gone.map((result) => result.endpoint),
    ]);
  await dataSource.query(
    `UPDATE push_subscriptions p
     SET last_status = r.status, last_pushed_at = CASE WHEN r.is_sent THEN now() ELSE p.last_pushed_at END
     FROM unnest($1::uuid[], $2::text[], $3::int[], $4::boolean[]) r (session_id, endpoint, status, is_sent)
     WHERE p.session_id = r.session_id AND p.endpoint = r.endpoint`,
    [
      last.map((result) => result.sessionId),
      last.map((result) => result.endpoint),
      last.map((result) => result.status),
      last.map((result) => result.isSent),
    ],
  );
}
