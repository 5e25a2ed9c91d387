import { createId } from '@ahoy/shared/domain/ids.ts';
import type { ChatDelta, Message } from '@ahoy/shared/protocol/entities.ts';
import type { Copy } from '../../client/src/offline/copy.ts';
import { openCopyDatabase } from '../../client/src/offline/database.ts';
import { createIndexedDbCopy } from '../../client/src/offline/indexedDbCopy.ts';
import { createMemoryCopy } from '../../client/src/offline/memoryCopy.ts';
import { writeChatDelta } from '../../client/src/offline/writeDelta.ts';

/** Chats of a page each, and what comes after it: `perDelta` messages per delta. Rows after the page: `messages`. */
export type Deltas = { first: ChatDelta[]; next: ChatDelta[]; messages: Message[] };

const FIRST_PAGE = 30;
const NO_EVENTS = { onOutdated: () => undefined, onLost: () => undefined };
const NO_CHANNEL = { post: () => undefined, listen: () => undefined, close: () => undefined };
const LINE = 'Tide is at nine this evening; bring the rope and the small kettle, please.';

export function makeDeltas(chats: number, deltasPerChat: number, perDelta: number): Deltas {
  const made: Deltas = { first: [], next: [], messages: [] };
  const ids = Array.from({ length: chats }, () => ({ chatId: createId(), peerId: createId() }));
  for (const { chatId, peerId } of ids) made.first.push(makeDelta(chatId, peerId, 0, FIRST_PAGE));
  for (let round = 0; round < deltasPerChat; round += 1)
    for (const { chatId, peerId } of ids)
      made.next.push(makeDelta(chatId, peerId, FIRST_PAGE + round * perDelta, perDelta));
  made.messages = made.next.flatMap((delta) => delta.messages);
  return made;
}

/** The rows that `next` brings, through the real modules into IndexedDB: milliseconds. */
export async function writeToDevice(deltas: Deltas, perTransaction: number): Promise<number> {
  return withDatabase(async (database) => {
    const copy = await createIndexedDbCopy({
      ...{ database, channel: NO_CHANNEL, now: Date.now, createGeneration: createId },
    });
    return writeDeltas(copy, deltas, perTransaction);
  });
}

/** The same into the copy in memory. */
export function writeToMemory(deltas: Deltas, perTransaction: number): Promise<number> {
  return writeDeltas(createMemoryCopy(createId), deltas, perTransaction);
}

/** The lower bound: bare puts of the messages into the same store, one transaction for as many rows. */
export async function putBare(deltas: Deltas, perTransaction: number): Promise<number> {
  const perDelta = deltas.messages.length / deltas.next.length;
  return withDatabase(async (database) => {
    const start = performance.now();
    for (let at = 0; at < deltas.messages.length; at += perDelta * perTransaction) {
      const { store, done } = database.transaction('messages', 'readwrite', { durability: 'relaxed' });
      for (const row of deltas.messages.slice(at, at + perDelta * perTransaction)) void store.put(row);
      await done;
    }
    return performance.now() - start;
  });
}

async function writeDeltas(copy: Copy, { first, next }: Deltas, perTransaction: number): Promise<number> {
  await writeAll(copy, first, first.length);
  const start = performance.now();
  await writeAll(copy, next, perTransaction);
  return performance.now() - start;
}

async function writeAll(copy: Copy, deltas: ChatDelta[], perTransaction: number): Promise<void> {
  for (let at = 0; at < deltas.length; at += perTransaction) {
    await copy.transaction(async (tx) => {
      // At once, as the answer of a sync is written.
      const written = deltas.slice(at, at + perTransaction).map((delta) => writeChatDelta(tx, delta));
      if ((await Promise.all(written)).some((kind) => kind !== 'written'))
        throw new Error('a delta was not taken');
    });
  }
}

function makeDelta(chatId: string, peerId: string, heldSeq: number, count: number): ChatDelta {
  const createdAt = new Date().toISOString();
  const from = heldSeq === 0 ? 0 : heldSeq + 1;
  const lastSeq = heldSeq + count;
  const messages = Array.from({ length: count }, (_, index): Message => {
    const seq = heldSeq + index + 1;
    return {
      ...{ id: createId(), chatId, seq, version: seq + 1, senderId: peerId, kind: 'text' as const },
      ...{
        text: `${seq}: ${LINE}`,
        replyToId: null,
        createdAt,
        editedAt: null,
        deletedAt: null,
        textStamp: 0,
      },
    };
  });
  return {
    ...{ chatId, from, to: lastSeq + 1, isReset: heldSeq === 0, members: [], hasAllMembers: true },
    chat: { id: chatId, kind: 'direct', title: null, rowVersion: 1, lastSeq, memberCount: 2, createdAt },
    messages,
    people: [{ id: peerId, version: 1, name: 'Boris', username: null, about: '' }],
  };
}

/** An empty database of nobody, which is gone afterwards. */
async function withDatabase<T>(
  work: (database: Awaited<ReturnType<typeof openCopyDatabase>>) => Promise<T>,
): Promise<T> {
  const owner = createId();
  const database = await openCopyDatabase(owner, NO_EVENTS);
  try {
    return await work(database);
  } finally {
    database.close();
    indexedDB.deleteDatabase(`ahoy:${owner}`);
  }
}
