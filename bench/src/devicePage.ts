import type { CopyHead } from '@ahoy/shared/domain/applyDelta.ts';
import type { AccountChat, Message, Person } from '@ahoy/shared/protocol/entities.ts';
import { openCopyDatabase } from '../../client/src/offline/database.ts';

/*
 * What the benches of the device's copy run inside the browser, bundled into one script: the lower bounds, by bare
 * IndexedDB and innerHTML, and how the screen is watched.
 */

const NO_EVENTS = { onOutdated: () => undefined, onLost: () => undefined };

/** Milliseconds since the page's first script, once what is in the document now is on the screen. */
export function afterPaint(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });
  });
}

/** Adds rows to a person's copy, as the device would hold them after much scrolling. */
export async function fill(userId: string, messages: Message[]): Promise<void> {
  const database = await openCopyDatabase(userId, NO_EVENTS);
  await putAll(database.transaction('messages', 'readwrite').store, messages);
  database.close();
}

/** How much of the copy is there. */
export async function count(userId: string): Promise<{ heads: number; messages: number; isSynced: boolean }> {
  const database = await openCopyDatabase(userId, NO_EVENTS);
  const [heads, messages, meta] = await Promise.all([
    database.count('heads'),
    database.count('messages'),
    database.get('meta', 'meta'),
  ]);
  database.close();
  return { heads, messages, isSynced: typeof meta?.asOf === 'string' };
}

/** The lower bound of the list: its rows by bare requests, all at once, drawn as text. Milliseconds from `start`. */
export async function drawBareList(userId: string, start: number): Promise<number> {
  const database = await openBare(`ahoy:${userId}`);
  const tx = database.transaction(['heads', 'accountChats', 'people', 'messages'], 'readonly');
  const [heads, accounts, people] = await Promise.all([
    all<{ head: CopyHead }>(tx.objectStore('heads')),
    all<AccountChat>(tx.objectStore('accountChats')),
    all<Person>(tx.objectStore('people')),
  ]);
  const newest = await Promise.all(
    heads.map(({ head }) => one<Message>(tx.objectStore('messages').get([head.chat.id, head.chat.lastSeq]))),
  );
  const names = new Map(people.map((person) => [person.id, person.name]));
  const reads = new Map(accounts.map((row) => [row.chatId, row.readSeq]));
  document.body.innerHTML = newest
    .filter((message) => message !== undefined)
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    .map(
      (m) => `<p>${names.get(m.senderId)} ${m.createdAt} ${m.seq - (reads.get(m.chatId) ?? 0)} ${m.text}</p>`,
    )
    .join('');
  database.close();
  return (await afterPaint()) - start;
}

/** The lower bound of a chat's page: one getAll, drawn as text. Milliseconds. */
export async function drawBarePage(
  userId: string,
  page: { chatId: string; fromSeq: number; toSeq: number },
): Promise<number> {
  const database = await openBare(`ahoy:${userId}`);
  const start = performance.now();
  const range = IDBKeyRange.bound([page.chatId, page.fromSeq], [page.chatId, page.toSeq]);
  const rows = await one<Message[]>(
    database.transaction('messages', 'readonly').objectStore('messages').getAll(range),
  );
  document.body.innerHTML = rows.map((m) => `<p>${m.createdAt} ${m.text}</p>`).join('');
  database.close();
  return (await afterPaint()) - start;
}

/** The lower bound of writing: puts into the same stores in one transaction. Milliseconds. */
export async function putBare(messages: Message[]): Promise<number> {
  return withCopy('bare', async (database) => {
    const start = performance.now();
    await putAll(database.transaction('messages', 'readwrite', { durability: 'relaxed' }).store, messages);
    return performance.now() - start;
  });
}

/**
 * From the network's return (`online`): milliseconds until all these chats stand at their versions in the copy, and all
 * elements of `selector` show this text.
 */
export async function catchUp(
  userId: string,
  versions: Record<string, number>,
  selector: string,
  text: string,
): Promise<number> {
  const database = await openBare(`ahoy:${userId}`);
  const channel = new BroadcastChannel(`ahoy-copy:${userId}`);
  const isCurrent = async () => {
    const heads = await all<{ head: CopyHead }>(database.transaction('heads').objectStore('heads'));
    const held = new Map(heads.map(({ head }) => [head.chat.id, head.version]));
    return Object.entries(versions).every(([id, version]) => (held.get(id) ?? 0) >= version);
  };
  await new Promise((resolve) => window.addEventListener('online', resolve, { once: true }));
  const start = performance.now();
  // The copy tells the other tabs what each of its transactions touched.
  let isTold = Promise.withResolvers<void>();
  channel.onmessage = () => {
    isTold.resolve();
    isTold = Promise.withResolvers();
  };
  for (let told = isTold.promise; !(await isCurrent()); told = isTold.promise) await told;
  channel.close();
  database.close();
  await untilTrue(() => {
    const shown = [...document.querySelectorAll(selector)];
    return shown.length > 0 && shown.every((element) => element.textContent?.includes(text));
  });
  return (await afterPaint()) - start;
}

/** Clicks, and resolves with the milliseconds until an element of `selector` that has this text is on the screen. */
export async function clickUntil(target: HTMLElement, selector: string, text: string): Promise<number> {
  const start = performance.now();
  target.click();
  await untilTrue(() =>
    [...document.querySelectorAll(selector)].some((element) => element.textContent?.includes(text)),
  );
  return (await afterPaint()) - start;
}

function untilTrue(isTrue: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(look);
    function look(): void {
      if (!isTrue()) return;
      observer.disconnect();
      resolve();
    }
    observer.observe(document, { subtree: true, childList: true, characterData: true });
    look();
  });
}

/** An empty copy of nobody, which is gone afterwards. */
async function withCopy<T>(
  userId: string,
  work: (database: Awaited<ReturnType<typeof openCopyDatabase>>) => Promise<T>,
): Promise<T> {
  const database = await openCopyDatabase(userId, NO_EVENTS);
  try {
    return await work(database);
  } finally {
    database.close();
    await one(indexedDB.deleteDatabase(`ahoy:${userId}`));
  }
}

async function putAll<T>(
  store: { put: (row: T) => Promise<unknown>; transaction: { done: Promise<void> } },
  rows: T[],
): Promise<void> {
  for (const row of rows) void store.put(row);
  await store.transaction.done;
}

function openBare(name: string): Promise<IDBDatabase> {
  return one(indexedDB.open(name));
}

function all<T>(store: IDBObjectStore): Promise<T[]> {
  return one(store.getAll());
}

function one<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
