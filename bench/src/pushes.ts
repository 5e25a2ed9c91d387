import { fork } from 'node:child_process';
import { createECDH, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createId } from '@ahoy/shared/domain/ids.ts';
import webPush from 'web-push';
import { createDataSource } from '../../server/src/database/dataSource.ts';
import { migrate } from '../../server/src/database/migrate.ts';
import type { PushTarget } from '../../server/src/features/notifications/encryptPush.ts';
import { createPusher } from '../../server/src/features/notifications/pusher.ts';
import { createVapid } from '../../server/src/features/notifications/vapid.ts';
import { createGuardedPost } from '../../server/src/http/guardedPost.ts';
import { createLog } from '../../server/src/log.ts';
import { schema } from '../../server/src/schema.ts';
import { makeCertificates } from '../../server/src/test/makeCertificates.ts';
import { withCluster } from './beside.ts';
import { type Benchmark, toFigure } from './figures.ts';
import { memoryOf } from './memory.ts';

const DEVICES = 10_000;
const PARALLEL = 64;
const SUBJECT = 'mailto:bench@example.org';
const MB = 1024 * 1024;
const PAYLOAD = JSON.stringify({ notice: 'x'.repeat(400), read: [], unread: 1 });

/** Pushes per second to 10,000 devices through queue, guarded client and database, beside web-push alone; and memory. */
export const pushes: Benchmark = async ({ runs }) => {
  const sink = await startSink();
  try {
    return await withCluster(async (cluster) => {
      const url = await cluster.createDatabase('ahoy_pushes');
      const log = createLog('silent');
      const dataSource = await createDataSource({ connection: { url }, ...schema, log }).initialize();
      try {
        await migrate(dataSource, log);
        const devices = makeDevices(sink.origin);
        await insertDevices((text, values) => dataSource.query(text, values), devices);
        const client = createGuardedPost({ hosts: [sink.host], loopbackAuthority: sink.authority });
        const vapid = createVapid(() => randomBytes(32), SUBJECT);
        const pusher = createPusher({ dataSource, vapid, client, log });
        const bare = createBare(sink.authority);
        const rates: number[] = [];
        const bareRates: number[] = [];
        const memory: number[] = [];
        // The first round only warms up.
        for (let run = -1; run < runs; run += 1) {
          const rate = await timeAll(devices, (target) => pushOne(pusher, target));
          const held = await ownMemory();
          const bareRate = await timeInLanes(devices, bare.push);
          memory.push(held / MB);
          if (run < 0) continue;
          rates.push(rate);
          bareRates.push(bareRate);
        }
        bare.close();
        await pusher.close();
        const [first = Number.NaN] = memory;
        return [
          toFigure('pushes to 10,000 devices, beside bare web-push', 'per second', rates, bareRates),
          toFigure('memory after a round of pushes, beside the first', 'MB', memory.slice(1), [first]),
        ];
      } finally {
        await dataSource.destroy();
      }
    });
  } finally {
    await sink.stop();
  }
};

async function startSink() {
  const folder = await mkdtemp(join(tmpdir(), 'ahoy-bench-push-'));
  const certificate = await makeCertificates(folder);
  const authority = await readFile(join(folder, 'ca.pem'), 'utf8');
  const child = fork(join(import.meta.dirname, 'pushSink.ts'));
  child.send(certificate);
  const [port] = (await once(child, 'message')) as [number];
  const host = `localhost:${port}`;
  return {
    ...{ host, authority, origin: `https://${host}` },
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function makeDevices(origin: string): PushTarget[] {
  return Array.from({ length: DEVICES }, (_, n) => ({
    ...{ sessionId: createId(), userId: createId(), endpoint: `${origin}/${n}` },
    p256dh: createECDH('prime256v1').generateKeys('base64url'),
    auth: randomBytes(16).toString('base64url'),
  }));
}

type Query = (text: string, values: unknown[]) => Promise<unknown>;

async function insertDevices(query: Query, devices: PushTarget[]): Promise<void> {
  const of = (key: keyof PushTarget) => devices.map((device) => device[key]);
  const ids = [of('userId'), of('sessionId')];
  await query(
    `WITH added AS (INSERT INTO people (id, version, changed, name) SELECT id, 1, 1, 'Someone' FROM unnest($1::uuid[]) id)
     INSERT INTO users (id, locale) SELECT id, 'en' FROM unnest($1::uuid[]) id`,
    ids.slice(0, 1),
  );
  await query(
    `INSERT INTO sessions (id, user_id, generation, rotated_at, authenticated_at, user_agent, address, expires_at)
     SELECT s, u, 0, now(), now(), '', '', now() + interval '1 day' FROM unnest($1::uuid[], $2::uuid[]) t (u, s)`,
    ids,
  );
  await query(
    `INSERT INTO push_subscriptions (user_id, session_id, endpoint, p256dh, auth)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])`,
    [...ids, of('endpoint'), of('p256dh'), of('auth')],
  );
}

function pushOne(pusher: ReturnType<typeof createPusher>, target: PushTarget): Promise<void> {
  return new Promise((resolve, reject) => {
    pusher.push({
      ...{ target, json: PAYLOAD, ttlSeconds: 600, urgency: 'high' },
      onOutcome: (outcome) => (outcome === 'sent' ? resolve() : reject(new Error(outcome))),
    });
  });
}

function createBare(ca: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 32, ca });
  const vapidDetails = { subject: SUBJECT, ...webPush.generateVAPIDKeys() };
  return {
    async push({ endpoint, p256dh, auth }: PushTarget): Promise<void> {
      const subscription = { endpoint, keys: { p256dh, auth } };
      await webPush.sendNotification(subscription, PAYLOAD, {
        TTL: 600,
        urgency: 'high',
        agent,
        vapidDetails,
      });
    },
    close: () => agent.destroy(),
  };
}

async function timeAll(devices: PushTarget[], push: (device: PushTarget) => Promise<void>): Promise<number> {
  const from = performance.now();
  await Promise.all(devices.map(push));
  return (devices.length / (performance.now() - from)) * 1000;
}

/** So many at a time, as the queue has them. */
async function timeInLanes(
  devices: PushTarget[],
  push: (device: PushTarget) => Promise<void>,
): Promise<number> {
  const left = devices.values();
  const lanes = Array.from({ length: PARALLEL }, () => async () => {
    for (const device of left) await push(device);
  });
  const from = performance.now();
  await Promise.all(lanes.map((lane) => lane()));
  return (devices.length / (performance.now() - from)) * 1000;
}

/** What this process keeps, when its garbage is collected. */
function ownMemory(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return memoryOf(process.pid);
}
