import 'fake-indexeddb/auto';
import type { Command } from '@ahoy/shared/domain/command.ts';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CopyTransaction } from './copy.ts';
import { deleteCopyDatabase, openCopyDatabase } from './database.ts';
import { CopyClosedError, createDeviceCopy, type DeviceCopy, type DeviceCopyOptions } from './deviceCopy.ts';

const TIME = '2026-01-01T00:00:00.000Z';
const opened: DeviceCopy[] = [];

afterEach(() => {
  vi.useRealTimers();
  for (const copy of opened.splice(0)) copy.close();
});

describe("the device's copy", () => {
  it('lies on the device, and is there again for the next page', async () => {
    const { userId, openPage } = setUp();
    const page = await openPage();
    expect(page.state.getState()).toEqual({ place: 'device', reason: null, wasLost: false });
    await add(page, 'one');
    page.close();
    const next = await openPage();
    expect(await waiting(next)).toEqual(['one']);
    expect((await next.read((tx) => tx.meta())).userId).toBe(userId);
  });

  it('lies in memory where the browser gives no storage', async () => {
    const { openPage } = setUp({
      openDatabase: () => Promise.reject(new DOMException('no', 'SecurityError')),
    });
    const page = await openPage();
    expect(page.state.getState()).toMatchObject({ place: 'memory', reason: 'blocked' });
    await add(page, 'one');
    expect(await waiting(page)).toEqual(['one']);
  });

  it('lies in memory where the browser never answers', async () => {
    vi.useFakeTimers();
    const { create, userId } = setUp({ openDatabase: () => new Promise(() => undefined) });
    const page = create();
    const opening = page.open(userId);
    await vi.advanceTimersByTimeAsync(5_000);
    await opening;
    expect(page.state.getState()).toMatchObject({ place: 'memory', reason: 'blocked' });
  });

  it('is filled again with what waits when its database is deleted under the page', async () => {
    const { userId, openPage } = setUp();
    const page = await openPage();
    await page.transaction(async (tx) => {
      await tx.putMeta({ asOf: '7' });
      await tx.addCommand(command('one'));
    });
    await add(page, 'two');
    const { generation } = await page.read((tx) => tx.meta());
    await deleteCopyDatabase(userId);
    expect(await waiting(page)).toEqual(['one', 'two']);
    const meta = await page.read((tx) => tx.meta());
    expect(meta).toMatchObject({ userId, asOf: null });
    expect(meta.generation).not.toBe(generation);
    expect(page.state.getState()).toEqual({ place: 'device', reason: null, wasLost: true });
    page.acknowledgeLoss();
    expect(page.state.getState().wasLost).toBe(false);
  });

  it('puts back also what was written a moment before, as something that may have been sent', async () => {
    const { userId, openPage } = setUp();
    const page = await openPage();
    await page.transaction((tx) => tx.addCommand(command('one')));
    const deleting = deleteCopyDatabase(userId);
    expect(await waiting(page)).toEqual(['one']);
    await deleting;
    expect(await page.read((tx) => tx.outbox())).toMatchObject([{ id: 'one', isAttempted: true }]);
  });

  it('notices at the start that the browser has cleared it', async () => {
    const { userId, openPage } = setUp();
    (await openPage()).close();
    await deleteCopyDatabase(userId);
    expect((await openPage()).state.getState().wasLost).toBe(true);
  });

  it('makes room by itself when there is none left', async () => {
    const disk = createSmallDisk();
    const page = await setUp({ openDatabase: disk.open }).openPage();
    await page.transaction(putManyMessages);
    disk.refuse(1);
    await add(page, 'one');
    expect(page.state.getState().place).toBe('device');
    expect(await waiting(page)).toEqual(['one']);
    expect(await page.read((tx) => tx.messages('chat', 1, 50))).toEqual([]);
    expect(await page.read((tx) => tx.messages('chat', 51, 150))).toHaveLength(100);
  });

  it('gives up photos before messages, and for a photo nothing', async () => {
    const disk = createSmallDisk();
    const page = await setUp({ openDatabase: disk.open }).openPage();
    const photo = { personId: 'bob', photoId: 'p1', jpeg: new ArrayBuffer(8) };
    const put = () => page.transaction((tx) => tx.putPhoto(photo), { isExpendable: true });
    await page.transaction(putManyMessages);
    await put();
    disk.refuse(1);
    await expect(put()).rejects.toThrow('full');
    expect(await page.read((tx) => tx.photo('bob'))).toEqual(photo);
    disk.refuse(1);
    await add(page, 'one');
    expect(await waiting(page)).toEqual(['one']);
    expect(await page.read((tx) => tx.photo('bob'))).toBeUndefined();
    expect(await page.read((tx) => tx.messages('chat', 1, 150))).toHaveLength(150);
    expect(page.state.getState().place).toBe('device');
  });

  it('goes on in memory when there is no room to be made', async () => {
    const disk = createSmallDisk();
    const page = await setUp({ openDatabase: disk.open }).openPage();
    await add(page, 'one');
    disk.refuse(Number.POSITIVE_INFINITY);
    await add(page, 'two');
    expect(page.state.getState()).toMatchObject({ place: 'memory', reason: 'full' });
    expect(await waiting(page)).toEqual(['one', 'two']);
  });

  it('lets go of the database for a newer version of the app', async () => {
    const { userId, openPage, create } = setUp();
    const page = await openPage();
    const newer = await openDB(`ahoy:${userId}`, 99);
    await vi.waitFor(() => expect(page.state.getState().place).toBe('outdated'));
    const older = create();
    await older.open(userId);
    expect(older.state.getState().place).toBe('outdated');
    newer.close();
  });

  it('is one for two pages: each hears of what the other wrote', async () => {
    const { openPage } = setUp();
    const [one, other] = [await openPage(), await openPage()];
    const heard = new Set<string>();
    other.subscribe((touched) => {
      for (const key of touched) heard.add(key);
    });
    await add(one, 'one');
    await vi.waitFor(() => expect(heard).toContain('outbox:chat'));
    expect(await waiting(other)).toEqual(['one']);
  });

  it('keeps both pages when its database is deleted under them, with what either wrote', async () => {
    const { userId, openPage } = setUp();
    const [one, other] = [await openPage(), await openPage()];
    await add(one, 'one');
    await add(other, 'two');
    await vi.waitFor(async () => expect(await waiting(one)).toHaveLength(2));
    await deleteCopyDatabase(userId);
    expect(await waiting(one)).toEqual(['one', 'two']);
    expect(await waiting(other)).toEqual(['one', 'two']);
  });

  it('gets back what only one page knows of, also where the other fills it first', async () => {
    const { userId, openPage } = setUp({ openChannel: silentChannel });
    const [one, other] = [await openPage(), await openPage()];
    await add(other, 'one');
    await deleteCopyDatabase(userId);
    await waiting(one);
    expect(await waiting(other)).toEqual(['one']);
    expect(await waiting(one)).toEqual(['one']);
  });

  it('leaves nothing behind, or only what waits', async () => {
    const { userId, openPage, marks } = setUp();
    const page = await openPage();
    await page.transaction(putManyMessages);
    await add(page, 'one');
    await page.leave({ keepsOutbox: true });
    expect(page.state.getState().place).toBe('closed');
    const again = await openPage();
    expect(await waiting(again)).toEqual(['one']);
    expect(await again.read((tx) => tx.newestMessage('chat'))).toBeUndefined();
    await again.leave({ keepsOutbox: false });
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(`ahoy:${userId}`);
    expect(marks.size).toBe(0);
  });

  it('refuses changes while nobody is here, and lets reads wait', async () => {
    const { userId, create } = setUp();
    const page = create();
    await expect(add(page, 'one')).rejects.toThrow(CopyClosedError);
    const reading = waiting(page);
    await page.open(userId);
    expect(await reading).toEqual([]);
  });

  it('shows another person nothing of the first', async () => {
    const { openPage } = setUp();
    const page = await openPage();
    await add(page, 'one');
    const late = page
      .read((tx) => tx.outbox())
      .catch((error: unknown) => expect(error).toBeInstanceOf(CopyClosedError));
    await page.open(createId());
    expect(await waiting(page)).toEqual([]);
    await late;
  });

  it('gives nobody what another left waiting', async () => {
    const { userId, openPage } = setUp();
    const page = await openPage();
    await add(page, 'one');
    await page.leave({ keepsOutbox: true });
    await page.open(createId());
    expect(await waiting(page)).toEqual([]);
    await page.leave({ keepsOutbox: false });
    await page.open(userId);
    expect(await waiting(page)).toEqual(['one']);
  });
});

function setUp(change: Partial<DeviceCopyOptions> = {}) {
  const userId = createId();
  const marks = new Map<string, string>();
  const listeners = new Set<(touched: ReadonlySet<string>) => void>();
  const options: DeviceCopyOptions = {
    openDatabase: openCopyDatabase,
    deleteDatabase: deleteCopyDatabase,
    openChannel() {
      let own: ((touched: ReadonlySet<string>) => void) | undefined;
      return {
        post(touched) {
          for (const hear of listeners) if (hear !== own) hear(new Set(touched));
        },
        listen(listener) {
          own = listener;
          listeners.add(listener);
        },
        close: () => void (own && listeners.delete(own)),
      };
    },
    storage: {
      getItem: (key) => marks.get(key) ?? null,
      setItem: (key, value) => void marks.set(key, value),
      removeItem: (key) => void marks.delete(key),
    },
    now: Date.now,
    createGeneration: createId,
    ...change,
  };

  function create(): DeviceCopy {
    const copy = createDeviceCopy(options);
    opened.push(copy);
    return copy;
  }

  return {
    ...{ userId, marks, create },
    async openPage() {
      const copy = create();
      await copy.open(userId);
      return copy;
    },
  };
}

/** Nobody hears anything yet. */
const silentChannel = () => ({ post: () => undefined, listen: () => undefined, close: () => undefined });

/** A database on a disk that refuses the next writes. */
function createSmallDisk() {
  let refusals = 0;
  const open: DeviceCopyOptions['openDatabase'] = async (userId, events) => {
    const database = await openCopyDatabase(userId, events);
    return new Proxy(database, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        if (key !== 'transaction') return value.bind(target);
        return (...args: unknown[]) => {
          if (args[1] === 'readwrite' && refusals > 0) {
            refusals -= 1;
            throw new DOMException('full', 'QuotaExceededError');
          }
          return value.apply(target, args);
        };
      },
    });
  };
  return {
    open,
    refuse: (count: number) => {
      refusals = count;
    },
  };
}

async function putManyMessages(tx: CopyTransaction): Promise<void> {
  const chat = {
    id: 'chat',
    kind: 'group' as const,
    title: null,
    rowVersion: 1,
    lastSeq: 150,
    memberCount: 2,
  };
  await tx.putHead({ chat: { ...chat, createdAt: TIME }, version: 150, floor: 0, membersUpTo: null });
  await tx.putMessages(
    Array.from({ length: 150 }, (_, index) => ({
      ...{ id: `m${index + 1}`, chatId: 'chat', seq: index + 1, version: index + 1, senderId: 'bob' },
      ...{ kind: 'text' as const, text: 'text', replyToId: null, createdAt: TIME },
      ...{ editedAt: null, deletedAt: null, textStamp: 0 },
    })),
  );
}

/** As a page does it, which hears of its own change before the next comes. */
async function add(copy: DeviceCopy, id: string): Promise<void> {
  await copy.transaction((tx) => tx.addCommand(command(id)));
  await copy.read((tx) => tx.meta());
}

function waiting(copy: DeviceCopy): Promise<string[]> {
  return copy.read(async (tx) => (await tx.outbox()).map((held) => held.id));
}

function command(id: string): Command {
  return {
    ...{ id, chatId: 'chat', kind: 'send', messageId: `message ${id}`, text: id, replyToId: null },
    ...{ writtenAt: TIME, isAttempted: false, state: 'waiting', tries: 0, retryAt: null, reason: null },
  };
}
