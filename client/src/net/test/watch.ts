import type { Line } from '@ahoy/shared/domain/project.ts';
import { chatWindowQuery } from '../../offline/chatWindow.ts';
import { KEYS } from '../../offline/copy.ts';
import type { Query } from '../../offline/liveQuery.ts';
import type { ChatWindow } from '../../offline/readModels.ts';
import type { FakeDevice } from './fakeDevice.ts';
import { hold } from './violation.ts';
import { ledgerOf, type World } from './world.ts';

/** Everything that a chat's screen can show. */
export function wholeChat(device: FakeDevice, chatId: string): Query<ChatWindow | null> {
  return chatWindowQuery(device.userId, chatId, 1, Number.POSITIVE_INFINITY);
}

/**
 * What holds at every step: nothing is shown twice; an own message never vanishes, nor goes back from sent; the count
 * of unread is the count; and nothing counts as read that was on no screen.
 */
export async function watch(world: World): Promise<void> {
  for (const device of world.devices) {
    const touched = world.touched.get(device);
    if (touched?.size === 0) continue;
    for (const chatId of chatsOf(world, device)) {
      const keys = [KEYS.chat(chatId), KEYS.messages(chatId), KEYS.outboxOf(chatId)];
      const isTouched = keys.some((key) => touched?.has(key));
      if (isTouched) await watchChat(world, device, chatId);
    }
    touched?.clear();
  }
}

function chatsOf(world: World, device: FakeDevice): Set<string> {
  const seen = [...ledgerOf(world, device).seen.values()].map((own) => own.chatId);
  return new Set([...world.server.chats().keys(), ...seen]);
}

async function watchChat(world: World, device: FakeDevice, chatId: string): Promise<void> {
  const { window, pendingReadSeq, databaseId, version, versions, waiting } = await device.read(
    async (tx) => ({
      databaseId: (await tx.meta()).databaseId,
      version: (await tx.head(chatId))?.version ?? 0,
      versions: new Map(
        (await tx.messages(chatId, 1, Number.POSITIVE_INFINITY)).map((m) => [m.id, m.version]),
      ),
      waiting: (await tx.outbox()).flatMap((c) => (c.kind === 'send' ? c.messageId : [])),
      window: await wholeChat(device, chatId).read(tx),
      pendingReadSeq: Math.max(
        0,
        ...(await tx.outbox()).flatMap((c) => (c.kind === 'read' && c.chatId === chatId ? c.seq : [])),
      ),
    }),
  );
  // A chat that was taken away starts anew when it comes back.
  if (!window) return forgetSeen(world, device, chatId);
  noteShown(world, device, window);
  // Between a restore and the next answer of sync the copy is of a database that is gone.
  if (databaseId !== null && databaseId !== world.server.databaseId()) return;
  // What waits once the device knows the database that is there now is not to be lost any more.
  if (databaseId !== null) for (const id of waiting) ledgerOf(world, device).exempt.delete(id);
  const byId = new Map(window.lines.map((line) => [line.id, line]));
  hold(byId.size === window.lines.length, 'twice', () => `${device.name} shows a message of ${chatId} twice`);
  const before = ledgerOf(world, device).versions.get(chatId) ?? 0;
  hold(version >= before, 'set back', () => `${device.name} holds ${chatId} at ${version}, was at ${before}`);
  ledgerOf(world, device).versions.set(chatId, version);
  watchOwn(world, device, window, { byId, version, versions });
  watchUnread(world, device, window, pendingReadSeq);
}

type Shown = {
  byId: ReadonlyMap<string, Line>;
  /** The copy's version of the chat, and its rows'. */
  version: number;
  versions: ReadonlyMap<string, number>;
};

export function forgetSeen(world: World, device: FakeDevice, chatId: string): void {
  const { seen, versions } = ledgerOf(world, device);
  versions.delete(chatId);
  for (const [id, own] of seen) if (own.chatId === chatId) seen.delete(id);
}

function watchOwn(
  world: World,
  device: FakeDevice,
  window: ChatWindow,
  { byId, version, versions }: Shown,
): void {
  const { seen } = ledgerOf(world, device);
  for (const [id, own] of seen) {
    if (own.chatId !== window.chatId || byId.has(id)) continue;
    const seq = world.server.chats().get(own.chatId)?.messages.get(id)?.seq;
    // A reset may leave a hole, but not where a row is newer than itself.
    const isInHole =
      seq !== undefined &&
      (own.version || (world.server.book().originals.get(id)?.version ?? 0)) <= version &&
      window.holes.some((hole) => hole.fromSeq <= seq && seq <= hole.toSeq);
    seen.delete(id);
    // What a restored backup lacks is gone, but not what was written after that.
    const isLostByRestore = world.wasRestored && seq === undefined && !isAwaited(world, device, id);
    const isGone = isInHole || isDropped(world, device, id) || isLostByRestore;
    hold(
      isGone,
      'vanished',
      () =>
        `${device.name} shows ${own.state} ${id} (seq ${seq}) of ${own.chatId} no longer, up to ${window.lastSeq}`,
    );
  }
  for (const line of window.lines) {
    if (line.senderId !== device.userId) continue;
    const before = seen.get(line.id)?.state;
    hold(
      before !== 'sent' || line.state === 'sent',
      'went back',
      () => `${device.name} ${line.id} is ${line.state}`,
    );
    const wasVersion = seen.get(line.id)?.version ?? 0;
    const rowVersion = versions.get(line.id) ?? wasVersion;
    hold(
      rowVersion >= wasVersion,
      'older',
      () => `${device.name} ${line.id} at ${rowVersion}, was at ${wasVersion}`,
    );
    const own = { chatId: window.chatId, state: line.state, version: versions.get(line.id) ?? 0 };
    seen.set(line.id, own);
  }
}

function isAwaited(world: World, device: FakeDevice, id: string): boolean {
  const { sent, exempt } = ledgerOf(world, device);
  return sent.has(id) && !exempt.has(id);
}

/** By this device, or by another of the same person. */
function isDropped(world: World, { userId }: FakeDevice, id: string): boolean {
  return world.devices.some((other) => other.userId === userId && ledgerOf(world, other).dropped.has(id));
}

/** What somebody was shown may be read, also where a live event was quicker than the news of a restored database. */
function noteShown({ server, shown }: World, { userId }: FakeDevice, { chatId, lines }: ChatWindow): void {
  const key = `${userId} ${chatId}`;
  const held = server.chats().get(chatId)?.messages;
  const others = lines.flatMap(({ id, seq, senderId }) =>
    seq !== null && senderId !== userId && held?.get(id)?.seq === seq ? seq : [],
  );
  shown.set(key, Math.max(shown.get(key) ?? 0, ...others));
}

function watchUnread(
  { server, shown }: World,
  device: FakeDevice,
  window: ChatWindow,
  pendingReadSeq: number,
): void {
  const { account, chatId, lastSeq, lines } = window;
  const key = `${device.userId} ${chatId}`;
  const newest = shown.get(key) ?? 0;
  const joinedSeq = server.book().joinedSeq.get(key) ?? 0;
  const readSeq = server.accountOf(device.userId).rows.get(chatId)?.readSeq ?? 0;
  const unseen = [...(server.chats().get(chatId)?.messages.values() ?? [])].find(
    (m) => m.senderId !== device.userId && m.seq > Math.max(joinedSeq, newest) && m.seq <= readSeq,
  );
  hold(
    !unseen,
    'unseen',
    () => `${device.userId} has read ${unseen?.seq} of ${chatId}, which was never shown`,
  );
  if (!account || account.last > lastSeq) return;
  const above = lines.filter((line) => line.seq !== null && line.seq > account.readSeq);
  if (above.length !== lastSeq - account.readSeq) return;
  const isUnread = (line: Line) => line.senderId !== device.userId && (line.seq ?? 0) > pendingReadSeq;
  const count = above.filter(isUnread).length;
  hold(
    window.unread === count,
    'unread',
    () => `${device.name} shows ${window.unread} in ${chatId}, holds ${count}`,
  );
}
