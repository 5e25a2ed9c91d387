import { createId } from '@ahoy/shared/domain/ids.ts';
import type { Call, CallSummary } from '@ahoy/shared/protocol/calls.ts';
import { ORPCError } from '@orpc/server';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataSource } from '../../database/dataSource.ts';
import { migrate } from '../../database/migrate.ts';
import { createLog } from '../../log.ts';
import { schema } from '../../schema.ts';
import { startTestDatabase, type TestDatabase } from '../../test/startTestDatabase.ts';
import { createAnnouncer } from '../announcements.ts';
import { openDirectChat } from '../chats/openDirectChat.ts';
import { summarizeCall } from './call.presenter.ts';
import { loadCall } from './callStore.ts';
import { endOverdueCalls } from './callTimers.ts';
import { declineCall, joinCall, leaveCall } from './changeCall.ts';
import type { CallsParts } from './parts.ts';
import { startCall } from './startCall.ts';

const PEOPLE = 3;
const DEVICES_EACH = 2;
const PROCESSES = 2;
const REFUSALS = ['NOT_FOUND', 'CALL_ENDED', 'CALL_ELSEWHERE', 'CALL_BUSY', 'CONFLICT'];

type Act = {
  device: number;
  process: number;
  kind: 'start' | 'join' | 'takeOver' | 'switch' | 'decline' | 'leave' | 'retry' | 'timers';
  /** Which of the chats, or of the calls known so far. */
  nth: number;
};

let database: TestDatabase;
let processes: CallsParts[];
let told: Call[] = [];
let chatVersions: string[] = [];

beforeAll(async () => {
  const log = createLog('silent');
  database = await startTestDatabase();
  processes = await Promise.all(
    Array.from({ length: PROCESSES }, async () => {
      const connection = { connection: database.connection, ...schema, log };
      const dataSource: DataSource = await createDataSource(connection).initialize();
      const announcer = createAnnouncer((error) => {
        throw error;
      });
      announcer.on('callChanged', ({ call }) => told.push(call));
      announcer.on('chatChanged', ({ delta }) => chatVersions.push(`${delta.chatId} ${delta.to}`));
      await migrate(dataSource, log);
      return { dataSource, announcer };
    }),
  );
});
afterAll(async () => {
  for (const { dataSource } of processes ?? []) await dataSource.destroy();
  await database?.drop();
});

const act: fc.Arbitrary<Act> = fc.record({
  device: fc.nat(PEOPLE * DEVICES_EACH - 1),
  process: fc.nat(PROCESSES - 1),
  kind: fc.constantFrom(
    'start',
    'start',
    'join',
    'join',
    'takeOver',
    'switch',
    'decline',
    'leave',
    'retry',
    'timers',
  ),
  nth: fc.nat(PEOPLE - 1),
});

test('whatever devices do at once through two processes, each call ends once, as its message says, and nobody rings for ever', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(act, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 }),
      playAll,
    ),
    { numRuns: 60 },
  );
});

/** What stands in one array happens at once. */
async function playAll(rounds: Act[][]): Promise<void> {
  [told, chatVersions] = [[], []];
  const people = await addPeople();
  const [first] = processes;
  if (!first) throw new Error('no process');
  const pairs = people.flatMap((one, at) => people.slice(at + 1).map((other) => [one, other] as const));
  const chats: string[] = [];
  for (const [one, other] of pairs) chats.push((await openDirectChat(first, one, other)).delta.chatId);
  const world = { chats, devices: people.flatMap(addDevices), started: [] };
  for (const round of rounds) {
    await settleAll(...round.map((each) => play(each, world)));
    await expectOneCallEach(first.dataSource, people);
  }
  await age(first.dataSource, chats);
  while ((await Promise.all(processes.map(endOverdueCalls))).some((changed) => changed > 0));
  await expectEnded(first.dataSource, chats);
  expectToldOnce();
}

type Device = { userId: string; sessionId: string; participants: Map<string, string> };
type World = { chats: string[]; devices: Device[]; started: string[] };

async function play({ device, process, kind, nth }: Act, world: World): Promise<unknown> {
  const [parts, who, chatId] = [processes[process], world.devices[device], world.chats[nth]];
  if (!parts || !who || !chatId) throw new Error('no such part');
  const id = world.started.at(-1 - nth);
  if (kind === 'timers') return endOverdueCalls(parts);
  if (kind === 'start' || !id) return start(parts, who, chatId, world);
  // A device has a name of its own in each call.
  const participantId = who.participants.get(id) ?? createId();
  who.participants.set(id, participantId);
  const here = { ...who, participantId };
  const join = (how = {}) => joinCall(parts, here, { id, takesOver: false, leavesOther: false, ...how });
  switch (kind) {
    case 'join':
      return join();
    case 'takeOver':
      return join({ takesOver: true });
    case 'switch':
      return join({ leavesOther: true });
    case 'retry':
      return settleAll(join(), join());
    case 'decline':
      return declineCall(parts, who, id);
    case 'leave':
      return leaveCall(parts, here, id);
    default:
      return kind satisfies never;
  }
}

/** Over only when all are: what still runs would reach into what comes next. */
async function settleAll(...requests: Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(requests))
    if (result.status === 'rejected') expectRefusal(result.reason);
}

async function start(parts: CallsParts, who: Device, chatId: string, world: World): Promise<void> {
  const wish = { id: createId(), chatId, media: 'audio' as const };
  const participantId = createId();
  world.started.push(wish.id);
  const options = { roomPeople: 4, longestCallSeconds: 3600, limitRings: async () => undefined };
  const call = await startCall({ ...parts, ...options }, { ...who, participantId }, wish);
  // Perhaps it answered another one instead.
  if (call.participants.some((each) => each.id === participantId))
    who.participants.set(call.id, participantId);
}

async function addPeople(): Promise<string[]> {
  const ids = Array.from({ length: PEOPLE }, () => createId()).sort();
  await processes[0]?.dataSource.query(
    `WITH added AS (INSERT INTO people (id, version, changed, name) SELECT id, 1, 1, 'Someone' FROM unnest($1::uuid[]) id)
     INSERT INTO users (id, locale) SELECT id, 'en' FROM unnest($1::uuid[]) id`,
    [ids],
  );
  return ids;
}

function addDevices(userId: string): Device[] {
  return Array.from({ length: DEVICES_EACH }, () => ({
    userId,
    sessionId: createId(),
    participants: new Map(),
  }));
}

function expectRefusal(reason: unknown): void {
  if (!(reason instanceof ORPCError)) throw reason;
  expect(REFUSALS).toContain(reason.code);
}

/** Nobody is in two calls, on two devices of one call, or asked by two calls of one chat. */
async function expectOneCallEach(dataSource: DataSource, people: string[]): Promise<void> {
  const crowded = await dataSource.query(
    `SELECT user_id FROM call_participants WHERE left_at IS NULL AND user_id = ANY ($1)
     GROUP BY user_id HAVING count(*) > 1`,
    [people],
  );
  expect(crowded).toEqual([]);
}

/** As if everyone had fallen silent long ago. */
async function age(dataSource: DataSource, chats: string[]): Promise<void> {
  await dataSource.query(
    `WITH aged AS (UPDATE calls SET rings_until = now() - interval '1 minute' WHERE chat_id = ANY ($1))
     UPDATE call_participants p SET seen_at = now() - interval '1 hour' FROM calls c
     WHERE c.id = p.call_id AND c.chat_id = ANY ($1)`,
    [chats],
  );
}

async function expectEnded(dataSource: DataSource, chats: string[]): Promise<void> {
  const messages: { call: CallSummary; senderId: string }[] = await dataSource.query(
    `SELECT call, sender_id "senderId" FROM messages WHERE chat_id = ANY ($1)`,
    [chats],
  );
  const calls: { id: string }[] = await dataSource.query('SELECT id FROM calls WHERE chat_id = ANY ($1)', [
    chats,
  ]);
  expect(messages.map((message) => message.call.callId).sort()).toEqual(calls.map((call) => call.id).sort());
  for (const { call: summary, senderId } of messages) {
    const call = await loadCall(dataSource.manager, summary.callId);
    if (!call) throw new Error('a message tells of no call');
    expect(call.state).toMatchObject({ phase: 'ended', outcome: expect.any(String), startedBy: senderId });
    expect(call.state.invitations.filter((each) => each.state === 'ringing')).toEqual([]);
    expect(call.state.participants.filter((each) => each.leftAt === null)).toEqual([]);
    expect(summary).toEqual(summarizeCall(call));
  }
}

/** Every change of a call and of a chat has a version of its own, and an outcome once told stays. */
function expectToldOnce(): void {
  expect(new Set(chatVersions).size).toBe(chatVersions.length);
  const byCall = Map.groupBy(told, (call) => call.id);
  for (const tellings of byCall.values()) {
    const inOrder = tellings.toSorted((one, other) => one.version - other.version);
    const outcomes = inOrder.flatMap((call) => call.outcome ?? []);
    expect(new Set(outcomes).size).toBeLessThanOrEqual(1);
    expect(inOrder.filter((call) => call.phase === 'ended')).toEqual(inOrder.slice(-1));
  }
}
