import { setTimeout as pause } from 'node:timers/promises';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { startAhoy } from '../../e2e/src/harness/startAhoy.ts';
import { withCluster } from './beside.ts';
import { type Effort, type Figure, percentile, toFigure } from './figures.ts';
import { type HttpClient, openHttpClient } from './httpClient.ts';
import { createKey, seedPairs, seedPeople } from './people.ts';
import { readServerFigures } from './serverFigures.ts';

const PEOPLE = 600;
/** So many connections that each wait for their answer are more than the server takes at a time. */
const CONNECTIONS = PEOPLE * 5;
/** As many as it serves well. */
const ORDINARY = 100;
/** What the refusal asks for. */
const PAUSE_AFTER_REFUSAL_MS = 2_000;
const SAMPLE_MS = 200;
const METRICS_TOKEN = 'flood-metrics-token';

type Phase = { perSecond: number; refused: number; other: number; p99: number; memory: number[] };

/**
 * Three thousand connections that ask without a break, beside a hundred that do: what is accepted per second must not
 * collapse, memory stays flat from the flood's first half to its second, and whoever is not served is told so by a 503.
 */
export async function flood({ runs, seconds }: Effort): Promise<Figure[]> {
  const phases: { ordinary: Phase; flood: Phase }[] = [];
  for (let run = 0; run < runs; run += 1)
    phases.push(await withCluster((cluster) => measure(cluster, seconds)));
  const [ordinary, flooded] = [phases.map((phase) => phase.ordinary), phases.map((phase) => phase.flood)];
  for (const { refused, other, p99 } of flooded) {
    process.stderr.write(
      `flood: ${refused} refused with 503, ${other} answered otherwise, p99 ${p99.toFixed(0)} ms\n`,
    );
  }
  const half = ({ memory }: Phase, second: boolean) => {
    const middle = Math.floor(memory.length / 2);
    return Math.max(...(second ? memory.slice(middle) : memory.slice(0, middle)));
  };
  const accepted = (all: Phase[]) => all.map((phase) => phase.perSecond);
  return [
    toFigure('flood, accepted', 'messages/s', accepted(flooded), accepted(ordinary)),
    toFigure(
      'flood, memory',
      'MB',
      flooded.map((phase) => half(phase, true)),
      flooded.map((phase) => half(phase, false)),
    ),
  ];
}

async function measure(
  cluster: { createDatabase(name: string): Promise<string> },
  seconds: number,
): Promise<{ ordinary: Phase; flood: Phase }> {
  const databaseUrl = await cluster.createDatabase('ahoy_flood');
  const key = createKey();
  const ahoy = await startAhoy({ databaseUrl, env: { ...key.env, METRICS_TOKEN } });
  const clients: HttpClient[] = [];
  try {
    const people = await seedPeople(databaseUrl, key, PEOPLE);
    const chats = await seedPairs(databaseUrl, people);
    while (clients.length < CONNECTIONS) clients.push(await openHttpClient(ahoy.url));
    const server = { url: ahoy.url, pid: ahoy.pid() ?? 0 };
    const post = (connection: number) => {
      const person = connection % PEOPLE;
      const body = JSON.stringify({ id: createId(), chatId: chats[person >> 1], text: 'flood'.repeat(20) });
      return clients[connection]?.post('/api/messages', people[person]?.accessToken ?? '', body);
    };
    await run(server, ORDINARY, 2, post);
    return {
      ordinary: await run(server, ORDINARY, seconds, post),
      flood: await run(server, CONNECTIONS, seconds * 2, post),
    };
  } finally {
    for (const client of clients) client.close();
    await ahoy.stop();
  }
}

/** `connections` that each ask again as soon as they are answered, or a little after they were refused. */
async function run(
  server: { url: string; pid: number },
  connections: number,
  seconds: number,
  post: (connection: number) => Promise<{ status: number }> | undefined,
): Promise<Phase> {
  const until = performance.now() + seconds * 1000;
  const counts = { done: 0, refused: 0, other: 0 };
  const times: number[] = [];
  const memory: number[] = [];
  const sampling = (async () => {
    while (performance.now() < until) {
      memory.push((await readServerFigures(server, METRICS_TOKEN)).memoryMb);
      await pause(SAMPLE_MS);
    }
  })();
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      while (performance.now() < until) {
        const start = performance.now();
        const status = (await post(connection))?.status;
        if (status === 200) times.push(performance.now() - start);
        counts[status === 200 ? 'done' : status === 503 ? 'refused' : 'other'] += 1;
        if (status !== 200) await pause(PAUSE_AFTER_REFUSAL_MS);
      }
    }),
  );
  await sampling;
  return { perSecond: counts.done / seconds, ...counts, p99: percentile(times, 99), memory };
}
