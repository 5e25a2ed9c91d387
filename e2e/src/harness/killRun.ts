import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from '@ahoy/shared/protocol/entities.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { type ApiPerson, openChat, type Place, registerPerson } from './apiPerson.ts';
import { type EngineDevice, startEngineDevice } from './engineDevice.ts';
import { waitFor } from './waitFor.ts';

/** One way to end something: resolves when it runs again. */
export type Strike = (round: number) => Promise<void>;

export interface KillRun {
  readonly strikes: number;
  readonly written: number;
  readonly acknowledged: number;
  /** Of the acknowledged ones, those that are there at the end. */
  readonly kept: number;
  /** From each strike until what was struck runs again. */
  readonly restartsMs: readonly number[];
  /** From each strike to the next message that the server takes. */
  readonly recoveriesMs: readonly number[];
  /** What is not as it has to be, one line each; empty when all is well. */
  readonly faults: readonly string[];
}

const PEOPLE = 20;
const AT_ONCE = 5;
const WRITE_EVERY_MS = 400;
/** Taken after each strike before the next one, so that none hits a stream that stands still. */
const TAKEN_BETWEEN = 10;
const PATIENCE_MS = 60_000;
const SETTLE_PATIENCE_MS = 90_000;

/**
 * Twenty devices write without a pause, each in the chats with its two neighbours, while something is killed again and
 * again. Then: is every message that was written there once, in the order of its sender, and do all copies agree?
 */
export async function streamThroughKills(
  place: Place & { readonly seedUrl?: string },
  strikes: number,
  strike: Strike,
): Promise<KillRun> {
  const people: ApiPerson[] = [];
  const seed = { ...place, url: place.seedUrl ?? place.url };
  for (let n = 0; n < PEOPLE; n += AT_ONCE) {
    const names = Array.from({ length: AT_ONCE }, (_, index) => `Person ${n + index}`);
    people.push(...(await Promise.all(names.map((name) => registerPerson(seed, { name })))));
  }
  const chats: string[] = [];
  for (const [n, person] of people.entries())
    chats.push(await openChat(person, people[(n + 1) % PEOPLE] as ApiPerson));

  const acknowledged: string[] = [];
  const devices = people.map((person) => startEngineDevice(place.url, person, (id) => acknowledged.push(id)));
  try {
    for (const device of devices)
      await waitFor('a device to connect', () => device.isConnected() || undefined);
    const stream = startStream(devices, chats);
    const restartsMs: number[] = [];
    const recoveriesMs: number[] = [];
    for (let round = 0; round < strikes; round += 1) {
      const before = acknowledged.length;
      const taken = (count: number) =>
        waitFor('messages to be taken', () => acknowledged.length >= count || undefined, PATIENCE_MS);
      await taken(before + TAKEN_BETWEEN);
      await delay(randomInt(WRITE_EVERY_MS));
      const start = performance.now();
      await strike(round);
      restartsMs.push(performance.now() - start);
      await taken(acknowledged.length + 1);
      recoveriesMs.push(performance.now() - start);
    }
    const written = await stream.stop();
    await waitFor('all outboxes to be empty', () => areEmpty(devices), SETTLE_PATIENCE_MS);
    const { faults, ids } = await examine(devices, chats, written);
    const taken = [...new Set(acknowledged)];
    const kept = taken.filter((id) => ids.has(id)).length;
    if (kept < taken.length) faults.push(`${taken.length - kept} acknowledged messages are lost`);
    const counts = { strikes, written: written.length, acknowledged: taken.length, kept };
    return { ...counts, restartsMs, recoveriesMs, faults };
  } finally {
    for (const device of devices) device.stop();
  }
}

interface Written {
  readonly id: string;
  readonly chatId: string;
  readonly sender: number;
  /** Counts up for each sender and chat. */
  readonly number: number;
}

function startStream(devices: readonly EngineDevice[], chats: readonly string[]) {
  const written: Written[] = [];
  const running = new Set<Promise<void>>();
  const counts = new Map<string, number>();
  const write = async (sender: number, turn: number) => {
    const chatId = chats[(sender + (turn % 2 ? PEOPLE - 1 : 0)) % PEOPLE] ?? '';
    const number = counts.get(`${sender} ${chatId}`) ?? 0;
    counts.set(`${sender} ${chatId}`, number + 1);
    const id = await devices[sender]?.commands.send(chatId, `${sender}:${number}`);
    if (id) written.push({ id, chatId, sender, number });
  };
  const timers = devices.map((_, sender) => {
    let turn = 0;
    return setInterval(() => {
      const writing = write(sender, turn).finally(() => running.delete(writing));
      running.add(writing);
      turn += 1;
    }, WRITE_EVERY_MS + sender);
  });
  return {
    async stop(): Promise<Written[]> {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
      return written;
    },
  };
}

async function areEmpty(devices: readonly EngineDevice[]): Promise<true | undefined> {
  for (const { copy } of devices) if ((await copy.read((tx) => tx.outbox())).length > 0) return undefined;
  return true;
}

/** What is wrong, and the ids of all messages that the server holds. */
async function examine(
  devices: readonly EngineDevice[],
  chats: readonly string[],
  written: readonly Written[],
): Promise<{ faults: string[]; ids: Set<string> }> {
  const faults: string[] = [];
  const ids = new Set<string>();
  for (const [index, chatId] of chats.entries()) {
    const both = [devices[index], devices[(index + 1) % PEOPLE]] as EngineDevice[];
    const rows = await readAll(both[0] as EngineDevice, chatId);
    if (new Set(rows.map((row) => row.id)).size !== rows.length)
      faults.push(`chat ${index} has a message twice`);
    for (const row of rows) ids.add(row.id);
    const texts = rows.map((row) => row.text);
    for (const sender of [index, (index + 1) % PEOPLE]) {
      const own = written.filter((one) => one.sender === sender && one.chatId === chatId);
      const wanted = own.toSorted((a, b) => a.number - b.number).map((one) => `${sender}:${one.number}`);
      const found = texts.filter((text) => text?.startsWith(`${sender}:`));
      if (found.join() !== wanted.join())
        faults.push(
          `chat ${index}: of sender ${sender} ${found.length} of ${wanted.length}, or not in order`,
        );
    }
    for (const device of both) {
      const isSame = await waitFor(
        'a copy to agree',
        async () => ((await summaryOf(device, chatId)) === summary(rows) ? 'yes' : undefined),
        SETTLE_PATIENCE_MS,
      ).catch(() => 'no');
      if (isSame !== 'yes') faults.push(`chat ${index}: the copy of ${device.person.name} differs`);
    }
  }
  if (written.some(({ id }) => !ids.has(id))) faults.push('a message that was written never arrived');
  return { faults, ids };
}

async function summaryOf({ copy }: EngineDevice, chatId: string): Promise<string> {
  return summary(await copy.read((tx) => tx.messages(chatId, 1, Number.MAX_SAFE_INTEGER)));
}

function summary(rows: readonly Message[]): string {
  return rows.map((row) => `${row.seq} ${row.id} ${row.text}`).join('\n');
}

/** What the server holds, page by page. */
async function readAll({ api }: EngineDevice, chatId: string): Promise<Message[]> {
  const rows: Message[] = [];
  for (;;) {
    const fromSeq = rows.length + 1;
    const page = { chatId, fromSeq, toSeq: fromSeq + LIMITS.historyPage - 1 };
    const { messages } = await api.messages.history(page);
    rows.push(...messages);
    if (messages.length < LIMITS.historyPage) return rows;
  }
}
