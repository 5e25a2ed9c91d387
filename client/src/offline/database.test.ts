import 'fake-indexeddb/auto';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { openCopyDatabase } from './database.ts';
import { createIndexedDbCopy } from './indexedDbCopy.ts';

const TIME = '2026-01-01T00:00:00.000Z';

describe('a copy that an earlier version of the app has made', () => {
  it('keeps its rows and what waits, knows the calls among them, and has room for photos', async () => {
    const userId = createId();
    const released = await openFirstRelease(userId);
    await released.put('messages', message(1));
    await released.put('messages', { ...message(2), kind: 'call', text: '', call: summary() });
    await released.add('outbox', command());
    released.close();

    const copy = await openCopy(userId);
    const held = await copy.read(async (tx) => ({
      seqs: (await tx.messages('chat', 1, 9)).map((row) => row.seq),
      byId: await tx.message('m1'),
      own: await tx.seqsOf('chat', 'ada', 1),
      outbox: await tx.outbox(),
      calls: await tx.calls(),
    }));
    const photo = { personId: 'ada', photoId: 'p', jpeg: new ArrayBuffer(8) };
    await copy.transaction((tx) => tx.putPhoto(photo));
    expect(await copy.read((tx) => tx.photo('ada'))).toEqual(photo);
    copy.close();
    expect(held).toEqual({
      ...{ seqs: [1, 2], byId: message(1), own: [1, 2], outbox: [command()] },
      calls: [{ chatId: 'chat', seq: 2 }],
    });
  });
});

/** The stores as version 1 made them. */
function openFirstRelease(userId: string) {
  return openDB(`ahoy:${userId}`, 1, {
    upgrade(database) {
      database.createObjectStore('meta');
      database.createObjectStore('heads');
      const messages = database.createObjectStore('messages', { keyPath: ['chatId', 'seq'] });
      messages.createIndex('byId', 'id', { unique: true });
      messages.createIndex('bySender', ['chatId', 'senderId', 'seq']);
      database.createObjectStore('members');
      database.createObjectStore('people', { keyPath: 'id' });
      database.createObjectStore('accountChats', { keyPath: 'chatId' });
      database.createObjectStore('heardOf');
      const outbox = database.createObjectStore('outbox', { autoIncrement: true });
      outbox.createIndex('byId', 'id', { unique: true });
    },
  });
}

async function openCopy(userId: string) {
  const database = await openCopyDatabase(userId, { onLost: () => undefined, onOutdated: () => undefined });
  const channel = { post: () => undefined, listen: () => undefined, close: () => undefined };
  return createIndexedDbCopy({ database, channel, now: Date.now, createGeneration: createId });
}

function message(seq: number) {
  return {
    ...{ id: `m${seq}`, chatId: 'chat', seq, version: seq, senderId: 'ada', kind: 'text', text: 'text' },
    ...{ replyToId: null, createdAt: TIME, editedAt: null, deletedAt: null, textStamp: 0 },
  };
}

function summary() {
  return {
    ...{ callId: 'c', media: 'audio', outcome: 'missed', startedAt: TIME, endedAt: TIME },
    durationSeconds: null,
  };
}

function command() {
  return {
    ...{ id: 'd', chatId: 'chat', kind: 'delete', messageId: 'm1', writtenAt: TIME, isAttempted: false },
    ...{ state: 'waiting', tries: 0, retryAt: null, reason: null },
  };
}
