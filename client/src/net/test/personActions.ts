import type { Command } from '@ahoy/shared/domain/command.ts';
import type { Line } from '@ahoy/shared/domain/project.ts';
import type { Commands } from '../../offline/outbox.ts';
import type { FakeDevice } from './fakeDevice.ts';
import type { FakeTab } from './fakeTab.ts';
import { renameSent } from './ledger.ts';
import { forgetSeen, wholeChat } from './watch.ts';
import { ledgerOf, type World } from './world.ts';

/** Where something happens. */
export type Place = {
  device: FakeDevice;
  /** undefined: the device has no page open. */
  tab: FakeTab | undefined;
  tabIndex: number;
  pick: number;
  chatId: string;
  /** Somebody else. */
  other: string;
};

type PersonAct = (world: World, place: Place & { commands: Commands }) => Promise<void>;

/** What people do on their screens. */
export const PERSON_ACTIONS: Record<
  string,
  { weight: number; act: (world: World, place: Place) => unknown }
> = {
  send: { weight: 14, act: onScreen((world, place) => send(world, place, null)) },
  reply: { weight: 3, act: onScreen(reply) },
  sendDirect: { weight: 5, act: onScreen(sendDirect) },
  edit: { weight: 8, act: onScreen(edit) },
  editLast: { weight: 4, act: onScreen((world, place) => edit(world, { ...place, pick: -1 })) },
  delete: { weight: 3, act: onScreen(remove) },
  deleteLast: { weight: 3, act: onScreen((world, place) => remove(world, { ...place, pick: -1 })) },
  read: {
    weight: 6,
    act: onScreen((world, { commands, chatId, pick }) => world.time.run(commands.read(chatId, 1 + pick * 2))),
  },
  readAll: {
    weight: 4,
    act: onScreen((world, { commands, chatId }) => world.time.run(commands.read(chatId, 1_000))),
  },
  retry: { weight: 5, act: onScreen(retry) },
  discard: { weight: 3, act: onScreen(discard) },
  sendNow: { weight: 2, act: (_, { tab }) => tab?.hurry() },
  scroll: { weight: 8, act: onScreen(scroll) },
};

function onScreen(act: PersonAct): (world: World, place: Place) => Promise<void> {
  return async (world, place) => {
    if (place.tab) await act(world, { ...place, commands: place.tab.commands });
  };
}

async function send(
  world: World,
  { device, commands, chatId }: Place & { commands: Commands },
  replyToId: string | null,
): Promise<void> {
  if (!(await device.read(wholeChat(device, chatId).read))) return;
  const text = nextText(world);
  const id = await world.time.run(commands.send(chatId, text, replyToId));
  ledgerOf(world, device).sent.set(id, { chatId, text, isInOrder: true });
}

async function reply(world: World, place: Place & { commands: Commands }): Promise<void> {
  const lines = await linesOf(place);
  const line = lines.at(-1 - (place.pick % 3));
  if (line) await send(world, place, line.id);
}

async function sendDirect(world: World, place: Place & { commands: Commands }): Promise<void> {
  // Found by a search, perhaps on a database that is gone: any row of theirs is newer.
  const person = { ...world.server.person(place.other), version: 0 };
  const chatId = await world.time.run(place.commands.openDirect(person));
  if (place.pick % 2) await send(world, { ...place, chatId }, null);
}

async function edit(world: World, place: Place & { commands: Commands }): Promise<void> {
  const { device, commands, chatId } = place;
  const line = await ownLine(place);
  if (!line) return;
  const text = nextText(world);
  await overtaking(world, device, line.id, () =>
    tracked(world, device, () => commands.edit(chatId, line.id, text)),
  );
  const ledger = ledgerOf(world, device);
  const outbox = await device.read((tx) => tx.outbox());
  if (outbox.some((c) => c.kind === 'edit' && c.text === text))
    ledger.edits.push({ messageId: line.id, text, before: line.text });
  for (const c of outbox) {
    const sent = c.kind === 'send' && c.text === text ? ledger.sent.get(c.messageId) : undefined;
    if (sent) sent.text = text;
  }
}

async function remove(world: World, place: Place & { commands: Commands }): Promise<void> {
  const line = await ownLine(place);
  if (!line) return;
  ledgerOf(world, place.device).dropped.add(line.id);
  await overtaking(world, place.device, line.id, () =>
    world.time.run(place.commands.delete(place.chatId, line.id)),
  );
}

async function retry(
  world: World,
  { device, commands, pick }: Place & { commands: Commands },
): Promise<void> {
  const command = await failed(device, pick);
  if (command) await tracked(world, device, () => commands.retry(command.id));
}

async function discard(
  world: World,
  { device, commands, pick }: Place & { commands: Commands },
): Promise<void> {
  const outbox = await device.read((tx) => tx.outbox());
  const command = outbox[pick % Math.max(1, outbox.length)];
  if (!command) return;
  const { dropped, exempt } = ledgerOf(world, device);
  if (command.kind === 'send') dropped.add(command.messageId);
  if (command.kind === 'edit') exempt.add(command.text);
  // What was not deleted yet stays after all.
  if (command.kind === 'delete' && (command.state === 'failed' || !command.isAttempted))
    dropped.delete(command.messageId);
  // A chat that was never opened takes its messages with it.
  if (command.kind === 'openDirect')
    for (const c of outbox) if (c.kind === 'send' && c.chatId === command.chatId) exempt.add(c.messageId);
  if (command.kind === 'openDirect') forgetSeen(world, device, command.chatId);
  const messageId = 'messageId' in command ? command.messageId : '';
  await overtaking(world, device, messageId, () => world.time.run(commands.discard(command.id)));
}

/** Somebody scrolls to where the copy has a hole; the page may come much later. */
async function scroll({ time }: World, { tab, device, chatId, pick }: Place): Promise<void> {
  const window = await device.read(wholeChat(device, chatId).read);
  const hole = window?.holes[pick % Math.max(1, window.holes.length)];
  const newest = { fromSeq: Math.max(1, (window?.lastSeq ?? 0) - pick), toSeq: window?.lastSeq ?? 1 };
  // A page that was asked for before may come when others have brought its rows.
  const range = pick > 4 || !hole ? newest : hole;
  if (pick % 2) tab?.network.faults.unshift('slow');
  if (window) void tab?.history.loadRange(chatId, range.fromSeq, range.toSeq).catch(() => undefined);
  await time.advance(0);
}

/** Runs what may queue commands anew, and follows messages that get another id by that. */
export async function tracked(world: World, device: FakeDevice, run: () => Promise<void>): Promise<void> {
  const before = await device.read((tx) => tx.outbox());
  await world.time.run(run());
  const after = new Map((await device.read((tx) => tx.outbox())).map((c) => [c.id, c]));
  const ledger = ledgerOf(world, device);
  for (const command of before) {
    const now = after.get(command.id);
    if (command.kind !== 'send' || command.state !== 'failed' || now?.kind !== 'send') continue;
    const sent = ledger.sent.get(command.messageId);
    if (sent) sent.isInOrder = false;
    if (now.messageId !== command.messageId) renameSent(ledger, command.messageId, now.messageId);
  }
}

async function failed(device: FakeDevice, pick: number): Promise<Command | undefined> {
  const commands = (await device.read((tx) => tx.outbox())).filter((c) => c.state === 'failed');
  return commands[pick % Math.max(1, commands.length)];
}

async function linesOf({ device, chatId }: Place): Promise<Line[]> {
  return (await device.read(wholeChat(device, chatId).read))?.lines ?? [];
}

async function ownLine(place: Place): Promise<Line | undefined> {
  const lines = await linesOf(place);
  const own = lines.filter((line) => line.senderId === place.device.userId && !line.isDeleted);
  return place.pick < 0 ? own.at(-1) : own[place.pick % Math.max(1, own.length)];
}

/** What was never on the wire is overtaken by the next word on the message. */
async function overtaking(
  world: World,
  device: FakeDevice,
  messageId: string,
  run: () => Promise<void>,
): Promise<void> {
  const before = await waitingEdits(device, messageId);
  await run();
  const after = await waitingEdits(device, messageId);
  for (const text of before) if (!after.includes(text)) ledgerOf(world, device).exempt.add(text);
}

async function waitingEdits(device: FakeDevice, messageId: string): Promise<string[]> {
  const outbox = await device.read((tx) => tx.outbox());
  return outbox.flatMap((c) => (c.kind === 'edit' && c.messageId === messageId ? c.text : []));
}

export function nextText(world: World): string {
  world.texts += 1;
  return `text ${world.texts}`;
}
