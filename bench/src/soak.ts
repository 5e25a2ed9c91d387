import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { WebSocket } from 'ws';
import { startAhoy } from '../../e2e/src/harness/startAhoy.ts';
import { findFreePort } from '../../scripts/privateCluster.ts';
import { createAccessTokens } from '../../server/src/features/identity/accessTokens.ts';
import { loadSecrets } from '../../server/src/secrets.ts';
import { withCluster } from './beside.ts';
import { collectGarbage } from './collectGarbage.ts';
import { type Effort, type Figure, toFigure } from './figures.ts';
import { openHttpClient } from './httpClient.ts';
import { openLiveSocket } from './liveSocket.ts';
import { type BenchKey, type BenchPerson, createKey, seedPairs, seedPeople } from './people.ts';
import { readServerFigures, type ServerFigures } from './serverFigures.ts';

const FULL_SECONDS = 20 * 60;
const QUICK_SECONDS = 60;
const ROUNDS = 12;
/** Until then the server still takes what it will keep: compiled code, pools, caches. */
const WARM_ROUNDS = 3;
const VISITORS = 60;
const PEOPLE = VISITORS * 2;
const TOKEN_LIFE_MS = 5 * 60_000;
const SETTLE_MS = 2_000;
const SOCKETS_GONE_MS = 20_000;
const METRICS_TOKEN = 'soak-metrics-token';

type Place = {
  url: string;
  people: BenchPerson[];
  chats: string[];
  count: { visits: number; messages: number };
};

/**
 * Twenty minutes (SOAK_SECONDS says otherwise) of people who come, write and go in every way there is: cleanly, cut off
 * in the middle of a request, without a word. Between the rounds nobody is there; then, after a garbage collection, memory
 * and open files are read. The bound is what they were after the first quarter, so a flat server has a ratio of one.
 */
export async function soak({ runs }: Effort): Promise<Figure[]> {
  const seconds = Number(process.env.SOAK_SECONDS ?? (runs === 1 ? QUICK_SECONDS : FULL_SECONDS));
  const rounds = await withCluster(async (cluster) => {
    const databaseUrl = await cluster.createDatabase('ahoy_soak');
    const key = createKey();
    const inspectorPort = await findFreePort();
    const NODE_OPTIONS = `--inspect=127.0.0.1:${inspectorPort}`;
    const ahoy = await startAhoy({ databaseUrl, env: { ...key.env, METRICS_TOKEN, NODE_OPTIONS } });
    try {
      const people = await seedPeople(databaseUrl, key, PEOPLE);
      const chats = await seedPairs(databaseUrl, people);
      const place: Place = { url: ahoy.url, people, chats, count: { visits: 0, messages: 0 } };
      const server = { url: ahoy.url, pid: ahoy.pid() ?? 0, inspectorPort };
      const figures: ServerFigures[] = [];
      for (let round = 1; round <= ROUNDS; round += 1) {
        await renewTokens(place, key);
        const until = performance.now() + (seconds / ROUNDS) * 1000 - SETTLE_MS;
        await Promise.all(Array.from({ length: VISITORS }, (_, visitor) => comeAndGo(place, visitor, until)));
        const now = await whenAllAreGone(server);
        figures.push(now);
        process.stderr.write(`${describe(round, now, place)}\n`);
      }
      return figures;
    } finally {
      await ahoy.stop();
    }
  });
  const [early, late] = [rounds.slice(WARM_ROUNDS, WARM_ROUNDS * 2), rounds.slice(-WARM_ROUNDS)];
  const figure = (name: string, unit: string, of: (round: ServerFigures) => number) =>
    toFigure(`soak ${name}`, unit, late.map(of), early.map(of));
  return [
    figure('memory', 'MB', (round) => round.memoryMb),
    figure('heap', 'MB', (round) => round.heapMb),
    figure('open files', 'files', (round) => round.files),
  ];
}

function describe(round: number, now: ServerFigures, { count }: Place): string {
  const memory = `${now.memoryMb.toFixed(1)} MB (heap ${now.heapMb.toFixed(1)})`;
  return `soak ${round}/${ROUNDS}: ${memory}, ${now.files} files, ${count.visits} visits, ${count.messages} messages`;
}

/** Tokens live a quarter of an hour, less than the soak. */
async function renewTokens({ people }: Place, { secretKey }: BenchKey): Promise<void> {
  const { deriveKey } = await loadSecrets({ dataDir: '', secretKey });
  const tokens = createAccessTokens(deriveKey('access'));
  const nearlyOver = createAccessTokens(deriveKey('access'), () => new Date(Date.now() + TOKEN_LIFE_MS));
  for (const person of people) {
    const viewer = await tokens.verify(person.accessToken);
    if (!viewer) throw new Error('a round took longer than a token lives');
    if (!(await nearlyOver.verify(person.accessToken))) person.accessToken = await tokens.sign(viewer);
  }
}

/** One visit after another, each of another kind. */
async function comeAndGo(place: Place, visitor: number, until: number): Promise<void> {
  for (let visit = visitor; performance.now() < until; visit += 1) {
    const person = visitor * 2 + (visit % 2);
    switch (visit % 6) {
      case 0:
        await breakOff(place, person);
        break;
      case 1:
        await sayNothing(place);
        break;
      default:
        await write(place, person, visit);
    }
    place.count.visits += 1;
    await pause(20 + Math.random() * 100);
  }
}

/** Connects, catches up, writes, types and goes. */
async function write({ url, people, chats, count }: Place, person: number, visit: number): Promise<void> {
  const accessToken = people[person]?.accessToken ?? '';
  const chatId = chats[person >> 1];
  const [socket, client] = [
    await openLiveSocket(url, { accessToken }, () => undefined),
    await openHttpClient(url),
  ];
  try {
    await client.post('/api/sync', accessToken, JSON.stringify({ account: 0, chats: {} }));
    for (let message = 0; message <= visit % 4; message += 1) {
      const body = JSON.stringify({ id: createId(), chatId, text: `visit ${visit}, message ${message}` });
      const { status } = await client.post('/api/messages', accessToken, body);
      if (status !== 200) throw new Error(`a send was answered ${status}`);
      count.messages += 1;
    }
  } finally {
    socket.close();
    client.close();
  }
}

/** Sends the head and half of the body of a request, and is gone. */
async function breakOff({ url, people }: Place, person: number): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  const token = people[person]?.accessToken;
  socket.write(`POST /api/messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`);
  socket.write('content-type: application/json\r\ncontent-length: 1000\r\n\r\n{"id":');
  await pause(20);
  socket.destroy();
}

/** Opens a socket and never says who it is. */
async function sayNothing({ url }: Place): Promise<void> {
  const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(address);
  socket.on('error', () => undefined);
  await pause(100);
  socket.terminate();
}

async function whenAllAreGone(server: {
  url: string;
  pid: number;
  inspectorPort: number;
}): Promise<ServerFigures> {
  const deadline = performance.now() + SOCKETS_GONE_MS;
  await pause(SETTLE_MS);
  for (;;) {
    const now = await readServerFigures(server, METRICS_TOKEN);
    if (now.sockets === 0) {
      await collectGarbage(server.inspectorPort);
      return readServerFigures(server, METRICS_TOKEN);
    }
    if (performance.now() > deadline)
      throw new Error(`${now.sockets} sockets of people who left are still there`);
    await pause(200);
  }
}
