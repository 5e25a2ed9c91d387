import { createFakeDevice, type FakeDevice } from './fakeDevice.ts';
import { createFakeProcedures, type Requests } from './fakeProcedures.ts';
import { createFakeServer, type FakeServer } from './fakeServer.ts';
import { createFakeIndexedDbStore, createFakeMemoryStore } from './fakeStores.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { installVirtualTime, type VirtualTime } from './virtualTime.ts';

export const USERS = ['ada', 'bob', 'cy'];
export const GROUP = 'group';
export const TEAM = 'team';
const DEVICES = [
  { name: 'ada 1', userId: 'ada', tabs: 2 },
  { name: 'ada 2', userId: 'ada', tabs: 1 },
  { name: 'bob', userId: 'bob', tabs: 1 },
  { name: 'cy', userId: 'cy', tabs: 1 },
];
/** The first answers are stored by then. */
const START_MS = 2_000;

export type World = {
  time: VirtualTime;
  server: FakeServer;
  requests: Requests;
  devices: FakeDevice[];
  ledgers: Map<FakeDevice, Ledger>;
  /** `person chat`: they were out of it for a while, so that commands about it may be refused. */
  wasOut: Set<string>;
  /** After another database was put in place, what it lacks is refused to everyone. */
  wasRestored: boolean;
  /** The highest seq of others that any device of a person has held, by `person chat`. */
  shown: Map<string, number>;
  /** Counts up, so that each text is written once. */
  texts: number;
  backup: ReturnType<FakeServer['backUp']> | null;
  /** Devices and chats that changed since the last look. */
  touched: Map<FakeDevice, Set<string>>;
};

export type CopyKind = 'memory' | 'IndexedDB';

/** Three people with four devices, one of them with two tabs, and a server; nothing in it is left to real time or chance. */
export async function createWorld(seed: number, copyKind: CopyKind): Promise<World> {
  const time = installVirtualTime(seed);
  const server = createFakeServer(USERS);
  server.createChat(GROUP, 'group', USERS);
  server.createChat(TEAM, 'group', ['ada', 'bob']);
  const requests: Requests = { syncs: 0, deliveries: [] };
  const procedures = createFakeProcedures(server, requests);
  const createStore = copyKind === 'memory' ? createFakeMemoryStore : createFakeIndexedDbStore;
  const devices = DEVICES.map(({ name, userId }) =>
    createFakeDevice({ name, userId, server, procedures, time, store: createStore(userId) }),
  );
  const world: World = {
    ...{ time, server, requests, devices },
    ledgers: new Map(devices.map((device) => [device, createLedger()])),
    ...{ wasOut: new Set(), wasRestored: false, shown: new Map(), texts: 0, backup: null },
    touched: new Map(devices.map((device) => [device, new Set()])),
  };
  for (const [index, device] of devices.entries()) {
    device.subscribe((keys) => {
      for (const key of keys) world.touched.get(device)?.add(key);
    });
    for (let tab = 0; tab < (DEVICES[index]?.tabs ?? 1); tab += 1) await device.openTab();
  }
  await time.advance(START_MS);
  return world;
}

export function endWorld({ devices, time }: World): void {
  for (const device of devices) device.killAll();
  time.uninstall();
}

export function ledgerOf(world: World, device: FakeDevice): Ledger {
  const ledger = world.ledgers.get(device);
  if (!ledger) throw new Error(`no ledger of ${device.name}`);
  return ledger;
}
