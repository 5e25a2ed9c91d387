import type { Command } from '@ahoy/shared/domain/command.ts';
import type { Message } from '@ahoy/shared/protocol/entities.ts';
import type { FakeDevice } from './fakeDevice.ts';
import type { Sent } from './ledger.ts';
import { hold } from './violation.ts';
import { ledgerOf, type World } from './world.ts';

type Own = { world: World; device: FakeDevice; outbox: Command[] };

/** What the people of one device did is all in place: sent once, in order, as written last; what was dropped is gone. */
export async function checkOwn(world: World, device: FakeDevice): Promise<void> {
  const own: Own = { world, device, outbox: await device.read((tx) => tx.outbox()) };
  const lastSeqs = new Map<string, number>();
  for (const [id, sent] of ledgerOf(world, device).sent) {
    const row = rowOf(world, sent.chatId, id);
    checkSent(own, id, sent, row);
    if (!row || !sent.isInOrder) continue;
    const lastSeq = lastSeqs.get(sent.chatId) ?? 0;
    hold(
      row.seq > lastSeq,
      'order',
      () => `${device.name} "${sent.text}" is seq ${row.seq}, after ${lastSeq}`,
    );
    lastSeqs.set(sent.chatId, row.seq);
  }
  for (const edited of ledgerOf(world, device).edits) checkEdit(own, edited);
}

function checkSent({ world, device, outbox }: Own, id: string, sent: Sent, row: Message | undefined): void {
  const { dropped, exempt } = ledgerOf(world, device);
  const wasRefusable = world.wasRestored || world.wasOut.has(`${device.userId} ${sent.chatId}`);
  const isGone = !row || row.deletedAt !== null;
  const isHere = outbox.some((c) => c.kind === 'send' && c.messageId === id);
  if (dropped.has(id)) {
    hold(
      isGone || wasRefusable || exempt.has(id),
      'discarded',
      () => `${device.name} "${sent.text}" is still there`,
    );
  } else if (!exempt.has(id)) {
    hold(row !== undefined || isHere, 'lost', () => `${device.name} "${sent.text}" (${id}) is nowhere`);
    const original = world.server.book().originals.get(id);
    if (row && original)
      hold(original.text === sent.text, 'rewritten', () => `"${sent.text}" was sent as "${original.text}"`);
  }
}

/** An edit reaches the server, and is never undone by what its author had seen before it. */
function checkEdit(
  { world, device, outbox }: Own,
  { messageId, text, before }: { messageId: string; text: string; before: string },
): void {
  const { dropped, exempt } = ledgerOf(world, device);
  const { received } = world.server.book();
  const chat = [...world.server.chats().values()].find((held) => held.messages.has(messageId));
  const row = chat?.messages.get(messageId);
  if (!row || row.deletedAt || exempt.has(text) || dropped.has(messageId)) return;
  const isHere = outbox.some((c) => c.kind === 'edit' && c.text === text);
  hold(received.has(text) || isHere, 'edit lost', () => `${device.name} "${text}" never came`);
  const isUndone = received.has(text) && row.text === before;
  hold(!isUndone, 'edit undone', () => `"${text}" of ${device.name} is "${before}" again`);
}

function rowOf(world: World, chatId: string, id: string): Message | undefined {
  return world.server.chats().get(chatId)?.messages.get(id);
}
