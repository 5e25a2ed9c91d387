import { directChatId } from '@ahoy/shared/domain/ids.ts';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { history } from './test/actions.ts';
import { checkAtRest, settle } from './test/atRest.ts';
import type { FakeDevice } from './test/fakeDevice.ts';
import { createFakeProcedures } from './test/fakeProcedures.ts';
import { play } from './test/play.ts';
import { watch } from './test/watch.ts';
import { type CopyKind, createWorld, endWorld, GROUP, type World } from './test/world.ts';

const IN_MEMORY_RUNS = 1_000;
/** Each request of IndexedDB is a turn of the event loop. */
const IN_INDEXED_DB_RUNS = 40;
const TIMEOUT_MS = 240_000;

const histories = (copyKind: CopyKind) =>
  fc.asyncProperty(history, fc.nat(), (actions, seed) => play(actions, seed, copyKind));

/** What these properties say is written out in `watch.ts`, `atRest.ts` and `ownAtRest.ts`. */
describe('after any history', () => {
  it(
    'devices show what the server has, every command took effect once, and no own message ever vanished',
    () => fc.assert(histories('memory'), { numRuns: IN_MEMORY_RUNS }),
    TIMEOUT_MS,
  );

  it(
    'the same is true of pages and worker that share a copy in IndexedDB, whatever the browser does to it',
    () => fc.assert(histories('IndexedDB'), { numRuns: IN_INDEXED_DB_RUNS }),
    TIMEOUT_MS,
  );
});

describe('the engine', () => {
  let world: World;
  afterEach(() => endWorld(world));

  const start = async (seed: number) => {
    world = await createWorld(seed, 'memory');
    const [ada, otherAda, bob] = world.devices;
    const tab = ada?.tabs[0];
    if (!ada || !otherAda || !bob || !tab) throw new Error('no devices');
    return { ada, otherAda, bob, tab, run: world.time.run };
  };

  it('starts anew when the database was restored, and still sends what was written', async () => {
    const { ada, tab, run } = await start(1);
    tab.network.faults.push('lostRequest');
    const id = await run(tab.commands.send(GROUP, 'kept'));
    const before = await generationOf(ada);
    world.server.restore(null);
    await settle(world);
    expect(await generationOf(ada)).not.toBe(before);
    expect(world.server.chat(GROUP).messages.has(id)).toBe(true);
    await checkAtRest(world);
  });

  it('hears within a minute of what the server never announced', async () => {
    const { ada } = await start(2);
    world.server.skipAnnouncements(1_000);
    createFakeProcedures(world.server, world.requests).send('bob', {
      ...{ id: 'unannounced', chatId: GROUP, text: 'hello' },
    });
    await world.time.advance(61_000);
    expect(await ada.read((tx) => tx.message('unannounced'))).toMatchObject({ text: 'hello' });
  });

  it('tells the server once how far it holds what others wrote', async () => {
    await start(3);
    const procedures = createFakeProcedures(world.server, world.requests);
    for (const id of ['one', 'two', 'three']) procedures.send('bob', { id, chatId: GROUP, text: id });
    await settle(world);
    expect(world.server.chat(GROUP).members.get('cy')?.deliveredSeq).toBe(3);
    expect(world.server.chat(GROUP).members.get('bob')?.deliveredSeq).toBe(0);
    expect(world.requests.deliveries.filter((userId) => userId === 'cy')).toHaveLength(1);
  });

  it('asks about a chat no more once its person is out of it', async () => {
    const { bob, run } = await start(4);
    bob.tabs[0]?.network.faults.push('lostAnswer', 'lostAnswer');
    await run(bob.tabs[0]?.commands.send(GROUP, 'last words') ?? Promise.reject());
    await world.time.advance(1_000);
    world.server.setMember(GROUP, 'bob', false);
    world.server.setMember(GROUP, 'cy', false);
    await settle(world);
    expect(await bob.read((tx) => tx.heardOf())).toEqual(new Map());
  });

  it('shows a message all the time where its chat was taken away and is opened again meanwhile', async () => {
    const { otherAda, run } = await start(5);
    const [tab] = otherAda.tabs;
    if (!tab) throw new Error('no page');
    const bob = world.server.person('bob');
    const chatId = await run(tab.commands.openDirect(bob));
    await world.time.advance(2_000);
    tab.network.cut();
    await run(tab.commands.send(chatId, 'written before'));
    await otherAda.evict();
    await run(tab.commands.openDirect(bob));
    tab.connect();
    await world.time.advance(10_000, () => watch(world));
    expect(chatId).toBe(directChatId('ada', 'bob'));
    expect(world.server.chat(chatId).messages.size).toBe(1);
  });
});

function generationOf(device: FakeDevice): Promise<string> {
  return device.read(async (tx) => (await tx.meta()).generation);
}
