import { directChatId } from '@ahoy/shared/domain/ids.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chatWindowQuery } from '../offline/chatWindow.ts';
import { createFakeDevice, type FakeDevice, type Fault } from './test/fakeDevice.ts';
import { createFakeServer, type FakeServer } from './test/fakeServer.ts';

const USERS = ['ada', 'bob', 'cy'];
const GROUP = 'group';

type Seen = Map<string, { chatId: string; state: string }>;
type World = { server: FakeServer; devices: FakeDevice[]; seen: Map<FakeDevice, Seen>; gone: Set<string> };
type Action = { kind: string; device: number; pick: number };

const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('send', 'sendDirect') },
    { weight: 4, arbitrary: fc.constantFrom('edit', 'delete', 'read', 'history', 'open') },
    { weight: 4, arbitrary: fc.constantFrom('lostRequest', 'lostAnswer', 'late', 'busy', 'loseEvents') },
    { weight: 3, arbitrary: fc.constantFrom('cut', 'connect', 'remove', 'add', 'rename', 'burst') },
    { weight: 6, arbitrary: fc.constantFrom('wait', 'waitLong') },
  ),
  device: fc.nat(3),
  pick: fc.nat(7),
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('sync, outbox and the copy together', () => {
  it('end up equal to the server after any history, show nothing twice, and never lose an own message', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { maxLength: 80, size: 'max' }),
        fc.integer(),
        async (actions, seed) => {
          const random = createRandom(seed);
          vi.setSystemTime(0);
          vi.spyOn(Math, 'random').mockImplementation(random);
          const world = createWorld(random);
          try {
            await vi.advanceTimersByTimeAsync(2_000);
            for (const next of actions) {
              await act(world, next);
              await watch(world);
            }
            await settle(world);
            for (const device of world.devices) await expectEqual(world.server, device);
          } finally {
            for (const device of world.devices) device.stop();
            vi.clearAllTimers();
          }
        },
      ),
      { numRuns: 150 },
    );
  }, 120_000);

  it('starts anew when the database was restored, and still sends what was written', async () => {
    const world = createWorld(createRandom(1));
    const [device] = world.devices;
    if (!device) throw new Error('no device');
    await vi.advanceTimersByTimeAsync(2_000);
    device.faults.push('lostRequest');
    const id = await device.commands.send(GROUP, 'kept');
    const generation = device.copy.generation();
    world.server.restoreAs('second');
    await settle(world);
    expect(device.copy.generation()).not.toBe(generation);
    expect(world.server.chats.get(GROUP)?.messages.has(id)).toBe(true);
    await expectEqual(world.server, device);
    for (const other of world.devices) other.stop();
  });

  it('hears within a minute of what the server never announced', async () => {
    const world = createWorld(createRandom(2));
    await vi.advanceTimersByTimeAsync(2_000);
    for (const device of world.devices) device.loseEvents(1_000);
    world.server.procedures.send('bob', { id: 'unannounced', chatId: GROUP, text: 'hello' });
    await vi.advanceTimersByTimeAsync(61_000);
    for (const device of world.devices)
      expect(await device.copy.read((tx) => tx.message('unannounced'))).toMatchObject({ text: 'hello' });
    for (const device of world.devices) device.stop();
  });

  it('tells the server once how far it holds what others wrote', async () => {
    const world = createWorld(createRandom(3));
    await vi.advanceTimersByTimeAsync(2_000);
    for (const id of ['one', 'two', 'three'])
      world.server.procedures.send('bob', { id, chatId: GROUP, text: id });
    await settle(world);
    expect(world.server.chats.get(GROUP)?.members.get('cy')?.deliveredSeq).toBe(3);
    expect(world.server.chats.get(GROUP)?.members.get('bob')?.deliveredSeq).toBe(0);
    expect(world.server.deliveries.filter((userId) => userId === 'cy')).toHaveLength(1);
    for (const device of world.devices) device.stop();
  });
});

function createWorld(random: () => number): World {
  const server = createFakeServer(USERS);
  server.createChat(GROUP, 'group', USERS);
  const devices = ['ada', 'ada', 'bob', 'cy'].map((userId) => createFakeDevice(server, userId, random));
  for (const device of devices) {
    device.connect();
    device.start();
  }
  return { server, devices, seen: new Map(devices.map((device) => [device, new Map()])), gone: new Set() };
}

async function act(world: World, { kind, device: index, pick }: Action): Promise<void> {
  const device = world.devices[index % world.devices.length];
  if (!device) return;
  const others = USERS.filter((id) => id !== device.userId);
  const other = others[pick % others.length] ?? '';
  const chatId = pick % 2 === 0 ? GROUP : directChatId(device.userId, other);
  const isKnown = (await device.copy.read((tx) => tx.head(chatId))) !== undefined;
  switch (kind) {
    case 'send':
      if (isKnown) await device.commands.send(chatId, `text ${pick}`);
      return;
    case 'sendDirect': {
      const opened = await device.commands.openDirect(world.server.person(other));
      await device.commands.send(opened, `hello ${pick}`);
      return;
    }
    case 'open':
      await device.commands.openDirect(world.server.person(other));
      return;
    case 'edit':
    case 'delete': {
      const window = await device.copy.read(chatWindowQuery(device.userId, chatId, 1, Infinity).read);
      const own = window?.lines.filter((line) => line.senderId === device.userId && !line.isDeleted) ?? [];
      const line = own[pick % Math.max(1, own.length)];
      if (!line) return;
      if (kind === 'edit') await device.commands.edit(chatId, line.id, `edited ${pick}`);
      else {
        world.gone.add(line.id);
        await device.commands.delete(chatId, line.id);
      }
      return;
    }
    case 'read':
      await device.commands.read(chatId, 1 + pick * 2);
      return;
    case 'history':
      if (isKnown) void device.history.loadRange(chatId, 1, 2 + pick).catch(() => undefined);
      return;
    case 'lostRequest':
    case 'lostAnswer':
    case 'late':
    case 'busy':
      device.faults.push(...Array<Fault>(1 + (pick % 3)).fill(kind));
      return;
    case 'loseEvents':
      device.loseEvents(1 + pick);
      return;
    case 'cut':
      device.cut();
      return;
    case 'connect':
      device.connect();
      return;
    case 'remove':
    case 'add':
      world.server.setMember(GROUP, 'cy', kind === 'add');
      return;
    case 'rename':
      world.server.rename(other);
      return;
    case 'burst':
      for (let i = 0; i < 6; i += 1)
        world.server.procedures.send('bob', { id: `burst ${Math.random()}`, chatId: GROUP, text: 'burst' });
      return;
    case 'wait':
      await vi.advanceTimersByTimeAsync(40 + pick * 60);
      return;
    case 'waitLong':
      await vi.advanceTimersByTimeAsync(1_000 + pick * 1_000);
      return;
    default:
      throw new Error(kind);
  }
}

/** After every step: nothing twice; an own message never vanishes and never goes from sent to waiting. */
async function watch(world: World): Promise<void> {
  for (const device of world.devices) {
    const seen = world.seen.get(device) ?? new Map();
    const chatIds = new Set([...world.server.chats.keys(), ...[...seen.values()].map((own) => own.chatId)]);
    for (const chatId of chatIds) {
      const window = await device.copy.read(chatWindowQuery(device.userId, chatId, 1, Infinity).read);
      if (!window) continue;
      const byId = new Map(window.lines.map((line) => [line.id, line]));
      expect(byId.size, 'a message is shown twice').toBe(window.lines.length);
      for (const [id, own] of seen) {
        if (own.chatId !== chatId || byId.has(id) || world.gone.has(id)) continue;
        const row = world.server.chats.get(chatId)?.messages.get(id);
        const isInHole = row && window.holes.some((hole) => hole.fromSeq <= row.seq && row.seq <= hole.toSeq);
        if (!isInHole) expect.fail(`own message ${id} vanished from ${device.userId}`);
      }
      for (const line of window.lines) {
        if (line.senderId !== device.userId) continue;
        if (seen.get(line.id)?.state === 'sent') expect(line.state, 'went back').toBe('sent');
        seen.set(line.id, { chatId, state: line.state });
      }
    }
  }
}

async function settle(world: World): Promise<void> {
  for (const device of world.devices) {
    device.faults.length = 0;
    device.loseEvents(0);
    device.connect();
  }
  await vi.advanceTimersByTimeAsync(5 * 60_000);
}

async function expectEqual(server: FakeServer, device: FakeDevice): Promise<void> {
  const { userId, copy } = device;
  const outbox = await copy.read((tx) => tx.outbox());
  // Only what is about a chat that one is out of may be refused.
  expect(outbox.filter((c) => c.state !== 'failed' || c.reason !== 'NOT_FOUND')).toEqual([]);
  for (const [chatId, held] of server.chats) {
    const isIn = held.members.get(userId)?.isIn ?? false;
    const head = await copy.read((tx) => tx.head(chatId));
    expect(head !== undefined, `${userId} holds ${chatId}`).toBe(isIn);
    if (!head) continue;
    expect(head.version).toBe(held.version);
    expect(head.chat).toEqual(held.chat);
    for (const row of await copy.read((tx) => tx.messages(chatId, 1, Infinity)))
      expect(row).toEqual(held.messages.get(row.id));
    const members = await copy.read((tx) => tx.members(chatId));
    expect(new Map(members.map((m) => [m.userId, m]))).toEqual(held.members);
    for (const { userId: id } of members)
      expect(await copy.read((tx) => tx.person(id))).toEqual(server.person(id));
    const row = server.accounts.get(userId)?.rows.get(chatId);
    expect(await copy.read((tx) => tx.accountChat(chatId))).toEqual(row);
    const window = await copy.read(chatWindowQuery(userId, chatId, 1, Infinity).read);
    const unread = [...held.messages.values()].filter(
      (m) => m.senderId !== userId && m.seq > (row?.readSeq ?? 0),
    );
    expect(window?.unread, `unread of ${userId} in ${chatId}`).toBe(unread.length);
  }
}

/** A linear congruential generator: the same seed gives the same delays. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
