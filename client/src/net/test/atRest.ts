import type { FakeDevice } from './fakeDevice.ts';
import type { FakeChat } from './fakeRows.ts';
import { checkOwn } from './ownAtRest.ts';
import { tracked } from './personActions.ts';
import { hold, isSame } from './violation.ts';
import { watch, wholeChat } from './watch.ts';
import type { World } from './world.ts';

const ROUND_MS = 60_000;
const MAX_ROUNDS = 30;
const CALM_MS = 3 * 60_000;
/** Each page asks once a minute, and once more where a live event came late. */
const SYNCS_PER_PAGE = 10;

/** Everything is mended and connected, and time passes until nothing waits. */
export async function settle(world: World): Promise<void> {
  const { server, devices, time, requests } = world;
  server.refuse(null);
  server.skipAnnouncements(0);
  for (const device of devices) {
    if (device.tabs.length === 0) await device.openTab();
    for (const tab of device.tabs) {
      tab.network.heal();
      tab.connect();
    }
  }
  await untilNothingWaits(world);
  // Whoever has been told that an id is taken tries again.
  for (const device of devices) await retryTaken(world, device);
  await untilNothingWaits(world);
  const before = requests.syncs;
  await time.advance(CALM_MS, () => watch(world));
  const pages = devices.reduce((sum, device) => sum + device.tabs.length, 0);
  const asked = requests.syncs - before;
  hold(
    asked <= pages * SYNCS_PER_PAGE,
    'endless',
    () => `${asked} requests of sync by ${pages} pages at rest`,
  );
}

async function untilNothingWaits(world: World): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    await world.time.advance(ROUND_MS, () => watch(world));
    if (!(await isSomethingWaiting(world))) return;
  }
}

async function retryTaken(world: World, device: FakeDevice): Promise<void> {
  const [tab] = device.tabs;
  for (const { id, reason } of await device.read((tx) => tx.outbox()))
    if (tab && reason === 'CONFLICT') await tracked(world, device, () => tab.commands.retry(id));
}

async function isSomethingWaiting({ devices }: World): Promise<boolean> {
  for (const device of devices) {
    const outbox = await device.read((tx) => tx.outbox());
    if (outbox.some((command) => command.state === 'waiting')) return true;
  }
  return false;
}

/** At rest every device shows exactly the server's state, and every command took effect once. */
export async function checkAtRest(world: World): Promise<void> {
  for (const device of world.devices) {
    for (const held of world.server.chats().values()) await checkChat(world, device, held);
    await checkOutbox(world, device);
    await checkOwn(world, device);
  }
  for (const [text, count] of world.server.book().effects)
    hold(count === 1, 'effect', () => `"${text}" took effect ${count} times`);
  for (const { chat, messages } of world.server.chats().values()) {
    const isDense = [...messages.values()].every((m, index) => m.seq === index + 1);
    hold(isDense, 'dense', () => `the seqs of ${chat.id} have holes`);
  }
}

async function checkChat(world: World, device: FakeDevice, held: FakeChat): Promise<void> {
  const { server } = world;
  const { userId, name } = device;
  const chatId = held.chat.id;
  const isIn = held.members.get(userId)?.isIn ?? false;
  const copy = await device.read(async (tx) => ({
    head: await tx.head(chatId),
    messages: await tx.messages(chatId, 1, Number.POSITIVE_INFINITY),
    members: await tx.members(chatId),
    people: new Map((await tx.people()).map((person) => [person.id, person])),
    account: await tx.accountChat(chatId),
    heardOf: (await tx.heardOf()).get(chatId),
    window: await wholeChat(device, chatId).read(tx),
  }));
  const { head, members, window } = copy;
  hold(
    (head !== undefined) === isIn,
    'chats',
    () => `${name} holds ${chatId}: ${head !== undefined}, is in: ${isIn}`,
  );
  hold(copy.heardOf === undefined, 'heard of', () => `${name} waits for ${chatId} ${copy.heardOf}`);
  const account = server.accountOf(userId).rows.get(chatId);
  hold(
    isSame(copy.account, account),
    'account',
    () => `${name} ${chatId} ${json(copy.account)}, not ${json(account)}`,
  );
  if (!head) return;
  hold(
    head.version === held.version,
    'behind',
    () => `${name} ${chatId} at ${head.version} of ${held.version}`,
  );
  hold(isSame(head.chat, held.chat), 'chat', () => `${name} ${json(head.chat)}, not ${json(held.chat)}`);
  for (const row of copy.messages) {
    const own = held.messages.get(row.id);
    hold(isSame(row, own), 'message', () => `${name} ${chatId} ${json(row)}, not ${json(own)}`);
  }
  hold(members.length === held.members.size, 'members', () => `${name} holds ${members.length} of ${chatId}`);
  for (const member of members)
    hold(
      isSame(member, held.members.get(member.userId)),
      'member',
      () => `${name} ${chatId} ${json(member)}`,
    );
  for (const id of [...members.map((m) => m.userId), ...copy.messages.map((m) => m.senderId)])
    hold(
      isSame(copy.people.get(id), server.person(id)),
      'person',
      () => `${name} ${json(copy.people.get(id))}`,
    );
  const readSeq = account?.readSeq ?? 0;
  const unread = [...held.messages.values()].filter((m) => m.senderId !== userId && m.seq > readSeq).length;
  hold(
    window?.unread === unread,
    'unread',
    () => `${name} shows ${window?.unread} in ${chatId}, there are ${unread}`,
  );
}

/** Nothing waits for ever; what was refused was refused for a reason. */
async function checkOutbox(world: World, device: FakeDevice): Promise<void> {
  for (const command of await device.read((tx) => tx.outbox())) {
    hold(command.state === 'failed', 'stuck', () => `${device.name} ${json(command)}`);
    const isRefusable = world.wasRestored || world.wasOut.has(`${device.userId} ${command.chatId}`);
    const isExplained = command.reason === 'NOT_FOUND' && isRefusable;
    hold(isExplained, 'refused', () => `${device.name} ${json(command)}`);
  }
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
