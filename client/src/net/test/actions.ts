import { directChatId } from '@ahoy/shared/domain/ids.ts';
import fc from 'fast-check';
import type { FakeDevice } from './fakeDevice.ts';
import type { Fault, WireFault } from './fakeNetwork.ts';
import { createFakeProcedures } from './fakeProcedures.ts';
import type { FakeTab } from './fakeTab.ts';
import { forgetShown } from './ledger.ts';
import { nextText, PERSON_ACTIONS, type Place } from './personActions.ts';
import { watch } from './watch.ts';
import { GROUP, ledgerOf, TEAM, USERS, type World } from './world.ts';

/** What happens, to whom, and which of what there is to choose from. */
export type Action = readonly [kind: string, device: number, pick: number];

type Act = (world: World, place: Place) => unknown;

const FAULTS: readonly Fault[] = ['lostRequest', 'lostAnswer', 'late', 'slow', 'busy'];
const WIRE_FAULTS: readonly WireFault[] = ['lose', 'repeat', 'hold'];
const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 24 * 60 * MINUTE_MS;
const CLOCKS_MS = [0, YEAR_MS, -YEAR_MS, 10 * MINUTE_MS, -10 * MINUTE_MS];
const OUTAGES = ['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE', 'TOO_MANY_REQUESTS'] as const;
const BURST = 6;

/** What the network, the machines and the other people do. */
const WORLD_ACTIONS: Record<string, { weight: number; act: Act }> = {
  wait: { weight: 16, act: (world, { pick }) => wait(world, 40 + pick * 60) },
  waitLong: { weight: 8, act: (world, { pick }) => wait(world, 1_000 + pick * 1_000) },
  fault: {
    weight: 10,
    act: (_, { tab, pick }) => tab?.network.faults.push(...times(1 + (pick % 2), choose(FAULTS, pick))),
  },
  loseAnswers: {
    weight: 2,
    act: (_, { tab }) => tab?.network.faults.push(...times<Fault>(10, 'lostAnswer')),
  },
  wireFault: {
    weight: 8,
    act: (_, { tab, pick }) =>
      tab?.network.wireFaults.push(...times(1 + (pick >> 1), choose(WIRE_FAULTS, pick))),
  },
  cut: { weight: 4, act: (_, { tab }) => tab?.network.cut() },
  connect: { weight: 8, act: (_, { tab }) => tab?.connect() },
  remove: { weight: 3, act: (world, { pick }) => setMember(world, pick, false) },
  add: { weight: 4, act: (world, { pick }) => setMember(world, pick, true) },
  rename: { weight: 2, act: ({ server }, { pick }) => server.rename(choose(USERS, pick)) },
  burst: { weight: 5, act: (world, { pick }) => burst(world, pick) },
  storm: { weight: 4, act: storm },
  latePage: { weight: 4, act: latePage },
  deleteMany: {
    weight: 3,
    act: ({ server }, { pick }) => server.deleteMany(pick % 2 ? GROUP : TEAM, 'oldest', 1 + pick),
  },
  unannounced: { weight: 2, act: ({ server }, { pick }) => server.skipAnnouncements(1 + (pick % 3)) },
  outage: {
    weight: 2,
    act: ({ server, time }, { pick }) =>
      server.refuse({
        code: choose(OUTAGES, pick),
        ...(pick > 2 && { retryAfterSeconds: pick * 5 }),
        until: time.now() + (1 + pick) * MINUTE_MS,
      }),
  },
  worker: { weight: 4, act: (_, { device }) => device.wakeWorker() },
  killWorker: { weight: 1, act: (_, { device }) => device.killWorkers() },
  killTab: { weight: 4, act: (_, { device, tabIndex }) => device.killTab(tabIndex) },
  openTab: { weight: 5, act: (_, { device }) => (device.tabs.length < 2 ? device.openTab() : undefined) },
  killAll: { weight: 1, act: (_, { device }) => device.killAll() },
  evict: { weight: 2, act: evict },
  trim: { weight: 2, act: trim },
  slow: { weight: 2, act: (_, { tab }) => tab?.network.faults.unshift('slow') },
  clock: { weight: 2, act: (_, { device, pick }) => device.setClock(choose(CLOCKS_MS, pick)) },
  backUp: {
    weight: 1,
    act: (world) => {
      world.backup = world.server.backUp();
    },
  },
  restore: { weight: 1, act: restore },
  takeId: { weight: 2, act: takeId },
};

const ACTIONS = { ...WORLD_ACTIONS, ...PERSON_ACTIONS };

/** Some kinds come more often in some histories, so that rare races are met. */
const PROFILES: readonly Record<string, number>[] = [
  {},
  { storm: 10, latePage: 40, burst: 15, connect: 15, trim: 8, wait: 20, waitLong: 20 },
  { storm: 15, send: 40, slow: 30, connect: 25, wait: 40, edit: 15 },
  { edit: 40, editLast: 20, fault: 25, clock: 8, delete: 0, deleteLast: 0 },
  { remove: 15, add: 20, wireFault: 20, cut: 8, connect: 20, slow: 20, evict: 6, waitLong: 12 },
  { restore: 8, backUp: 4, evict: 8, slow: 15, send: 30, latePage: 15 },
  { evict: 15, slow: 30, unannounced: 15, burst: 15, wait: 30 },
  { takeId: 25, cut: 10, send: 30, reply: 10, edit: 20, fault: 15 },
  { edit: 30, delete: 10, slow: 20, scroll: 30, wireFault: 15, fault: 5 },
];

export const history: fc.Arbitrary<Action[]> = fc.oneof(...PROFILES.map(historyOf));

function historyOf(profile: Record<string, number>): fc.Arbitrary<Action[]> {
  const kinds = Object.entries(ACTIONS).map(([kind, { weight }]) => ({
    ...{ weight: profile[kind] ?? weight, arbitrary: fc.constant(kind) },
  }));
  const action = fc.tuple(fc.oneof(...kinds), fc.nat(3), fc.nat(7));
  return fc.array(action, { maxLength: 80, size: 'max' });
}

export async function act(world: World, [kind, index, pick]: Action): Promise<void> {
  const device = choose(world.devices, index);
  const tabIndex = pick % Math.max(1, device.tabs.length);
  const tab: FakeTab | undefined = device.tabs[tabIndex];
  const others = USERS.filter((id) => id !== device.userId);
  const other = choose(others, pick >> 1);
  const direct = directChatId(device.userId, other);
  const chatId = choose([GROUP, direct, GROUP, TEAM], pick);
  const done = ACTIONS[kind]?.act(world, { device, tab, tabIndex, pick, chatId, other });
  if (done instanceof Promise) await done;
}

export function choose<T>(list: readonly T[], pick: number): T {
  const chosen = list[pick % list.length];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}

function times<T>(count: number, value: T): T[] {
  return Array<T>(count).fill(value);
}

function wait(world: World, ms: number): Promise<void> {
  return world.time.advance(ms, () => watch(world));
}

function setMember(world: World, pick: number, isIn: boolean): void {
  const [userId, chatId] = pick % 2 === 0 ? ['cy', GROUP] : ['bob', pick > 3 ? TEAM : GROUP];
  world.wasOut.add(`${userId} ${chatId}`);
  world.server.setMember(chatId, userId, isIn);
}

function burst(world: World, pick: number): void {
  const procedures = createFakeProcedures(world.server, { syncs: 0, deliveries: [] });
  const chatId = pick % 2 ? GROUP : TEAM;
  for (let i = 0; i < BURST; i += 1) {
    world.texts += 1;
    if (world.server.chat(chatId).members.get('bob')?.isIn)
      procedures.send('bob', { id: `burst ${world.texts}`, chatId, text: `burst ${world.texts}` });
  }
}

async function trim(world: World, { device, pick }: Place): Promise<void> {
  // What goes may be newer than all else that is held: it comes back with the next delta.
  for (const own of ledgerOf(world, device).seen.values()) own.version = 0;
  await device.trim(1 + pick);
}

/** A page of history is on its way while its rows change, heard of or not. */
async function latePage(world: World, place: Place): Promise<void> {
  const { device, tab, pick, chatId } = place;
  const head = await device.read((tx) => tx.head(chatId));
  if (!tab || !head) return;
  tab.network.faults.unshift('slow');
  const { lastSeq } = head.chat;
  const range = pick > 3 ? [Math.max(1, lastSeq - 2), lastSeq] : [1, Math.max(1, lastSeq - 3)];
  void tab.history.loadRange(chatId, range[0] ?? 1, range[1] ?? 1).catch(() => undefined);
  await wait(world, 400);
  if (pick % 2 === 0) storm(world, place);
  else if (world.server.chats().has(chatId))
    world.server.deleteMany(chatId, pick > 3 ? 'newest' : 'oldest', 3);
  tab.network.heal();
  tab.connect();
}

/** So much happens at once behind a device's back that its copy has to start anew. */
function storm(world: World, { tab, pick }: Place): void {
  tab?.network.wireFaults.push(...times<WireFault>(20, 'lose'));
  burst(world, pick);
  world.server.deleteMany(pick % 2 ? GROUP : TEAM, pick > 3 ? 'oldest' : 'newest', 10);
  burst(world, pick);
}

/** With no page open nobody knows what waited: then it is lost with the storage. */
async function evict(world: World, { device }: Place): Promise<void> {
  const ledger = ledgerOf(world, device);
  if (device.tabs.length === 0) forgetAll(world, device);
  for (const sent of ledger.sent.values()) sent.isInOrder = false;
  forgetShown(ledger);
  await device.evict();
  for (const tab of device.tabs) tab.connect();
}

function restore(world: World, { pick }: Place): void {
  const { server, devices } = world;
  const isOlder = world.backup !== null && pick % 2 === 0;
  for (const device of devices) for (const tab of device.tabs) tab.network.cut();
  server.restore(isOlder ? world.backup : null);
  world.wasRestored = true;
  for (const device of devices) {
    if (isOlder) forgetAll(world, device);
    forgetShown(ledgerOf(world, device));
    for (const tab of device.tabs) tab.connect();
  }
}

function forgetAll(world: World, device: FakeDevice): void {
  const ledger = ledgerOf(world, device);
  for (const id of [...ledger.sent.keys(), ...ledger.dropped]) ledger.exempt.add(id);
  for (const { text } of ledger.edits) ledger.exempt.add(text);
}

/** Somebody else has used the id of a message that waits. */
async function takeId(world: World, { device, pick }: Place): Promise<void> {
  const { server } = world;
  const waiting = await device.read((tx) => tx.outbox());
  const sends = waiting.flatMap((c) => (c.kind === 'send' ? c.messageId : []));
  const id = sends[pick % Math.max(1, sends.length)];
  if (id === undefined || server.book().originals.has(id)) return;
  const elsewhere = server.createDirect('bob', 'bob');
  const procedures = createFakeProcedures(server, { syncs: 0, deliveries: [] });
  if (device.userId !== 'bob')
    procedures.send('bob', { id, chatId: elsewhere.chat.id, text: nextText(world) });
}
