import type { Command } from '@ahoy/shared/domain/command.ts';
import { project } from '@ahoy/shared/domain/project.ts';
import type { Message, Person } from '@ahoy/shared/protocol/entities.ts';
import { groupByChat } from '../chatView.ts';
import type { Copy, CopyReader } from '../copy.ts';
import { createMatcher, type Matcher, type Range } from './matcher.ts';

export type MessageHit = {
  id: string;
  chatId: string;
  /** Absent while the server does not have it. */
  seq: number | null;
  senderId: string;
  /** null: the device does not know who that is. */
  sender: Person | null;
  text: string;
  /** ISO time. */
  createdAt: string;
  /** What to highlight in `text`. */
  ranges: Range[];
};

export type FoundMessages = {
  /** The newest first. */
  hits: readonly MessageHit[];
  /** Older ones match as well. */
  hasMore: boolean;
};

export type MessageSearchOptions = {
  /** So many hits at most. */
  limit: number;
  /** Only these chats; absent: all. */
  chatIds?: ReadonlySet<string>;
  signal?: AbortSignal;
  /** Hears what is found so far, now and then while it runs. */
  onHits?: (found: FoundMessages) => void;
  /** Lets others have the thread. */
  pause?: () => Promise<void>;
};

/** What is held of a chat below `next` is still to be searched. */
type Source = {
  chatId: string;
  next: number;
  width: number;
  /** Nothing below is newer, in milliseconds of the epoch. */
  time: number;
  changes: Command[];
};

type Candidate = Pick<MessageHit, 'id' | 'chatId' | 'seq' | 'senderId' | 'text' | 'createdAt'>;

/** Pages grow: the first ones bring hits soon, and often enough of them; a page never holds more rows than the last. */
const FIRST_WIDTH = 64;
const FULL_WIDTH = 512;
/** Where much is missing, so that a hole costs few reads. */
const SPARSE_WIDTH = 2_048;
/** Pages of so many chats in one read: while one is searched, the browser fetches the others. */
const CHATS_AT_ONCE = 4;
/** Times of one chat follow its seqs up to what server clocks and waiting transactions differ by. */
const SLACK_MS = 60_000;
const TELL_EVERY_MS = 60;
const BUSY_MS = 8;

/**
 * Searches what the device holds, page by page, always in the chat whose unread part is the newest: so it may end once
 * nothing older can be among the first `limit`. Each page is a read of its own. Rejects with the signal's reason.
 */
export async function searchMessages(
  copy: Copy,
  me: string,
  query: string,
  options: MessageSearchOptions,
): Promise<FoundMessages> {
  const { limit, signal, onHits, pause = nextTask } = options;
  const matcher = createMatcher(query);
  if (matcher.isEmpty) return { hits: [], hasMore: false };
  const people = new Map<string, Person | null>();
  const { sources, hits } = await copy.read((tx) => begin(tx, me, matcher, people, options.chatIds));
  let found = newest(hits, limit + 1);
  let toldAt = 0;
  let busyMs = 0;
  while (true) {
    signal?.throwIfAborted();
    const last = found[limit];
    const fromTime = last?.createdAt ?? '';
    const next = takeNewest(sources, last ? Date.parse(fromTime) - SLACK_MS : Number.NEGATIVE_INFINITY);
    if (next.length === 0) break;
    const pages = await copy.read((tx) =>
      Promise.all(next.map((source) => readPage(tx, me, source, fromTime, matcher, people))),
    );
    sources.push(...next.filter((source) => source.next >= 1));
    const fresh = pages.flatMap((page) => page.fresh);
    if (fresh.length > 0) found = newest([...found, ...fresh], limit + 1);
    if (onHits && fresh.length > 0 && performance.now() - toldAt > TELL_EVERY_MS) {
      toldAt = performance.now();
      onHits({ hits: found.slice(0, limit), hasMore: found.length > limit });
    }
    for (const page of pages) busyMs += page.tookMs;
    if (busyMs < BUSY_MS) continue;
    busyMs = 0;
    await pause();
  }
  return { hits: found.slice(0, limit), hasMore: found.length > limit };
}

/** The newest first; ties in one order on every device. */
export function newest(hits: readonly MessageHit[], limit: number): MessageHit[] {
  const compare = (a: MessageHit, b: MessageHit) =>
    a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.id < b.id ? 1 : -1;
  return [...hits].sort(compare).slice(0, limit);
}

/** Where to search, and the hits among what waits to be sent. */
async function begin(
  tx: CopyReader,
  me: string,
  matcher: Matcher,
  people: Map<string, Person | null>,
  chatIds: ReadonlySet<string> | undefined,
): Promise<{ sources: Source[]; hits: MessageHit[] }> {
  const pending = groupByChat(
    (await tx.outbox()).filter((command) => !chatIds || chatIds.has(command.chatId)),
  );
  const chats = (await tx.heads()).filter(({ chat }) => !chatIds || chatIds.has(chat.id));
  const sources = chats.map(async ({ chat }): Promise<Source> => {
    const [last] = await tx.messages(chat.id, chat.lastSeq, chat.lastSeq);
    return {
      chatId: chat.id,
      next: chat.lastSeq,
      width: FIRST_WIDTH,
      time: last ? Date.parse(last.createdAt) : Number.POSITIVE_INFINITY,
      changes: (pending.get(chat.id) ?? []).filter(({ kind }) => kind === 'edit' || kind === 'delete'),
    };
  });
  const hits: MessageHit[] = [];
  for (const [chatId, commands] of pending) {
    const sends = commands.flatMap((command) => (command.kind === 'send' ? command.messageId : []));
    const held = new Set((await Promise.all(sends.map((id) => tx.message(id)))).map((row) => row?.id));
    for (const line of project([], commands, me))
      if (!line.isDeleted && !held.has(line.id) && matcher.isMatch(line.text))
        hits.push(await toHit(tx, { ...line, chatId }, matcher, people));
  }
  return { sources: await Promise.all(sources), hits };
}

async function readPage(
  tx: CopyReader,
  me: string,
  source: Source,
  fromTime: string,
  matcher: Matcher,
  people: Map<string, Person | null>,
): Promise<{ fresh: MessageHit[]; tookMs: number }> {
  const fromSeq = Math.max(1, source.next - source.width + 1);
  const rows = await tx.messages(source.chatId, fromSeq, source.next);
  const startedAt = performance.now();
  // Where there are newer hits enough, older ones need no look.
  const wanted = rows.filter(({ createdAt }) => createdAt >= fromTime);
  const matching = shownOf(wanted, source, me).filter(({ text }) => matcher.isMatch(text));
  const tookMs = performance.now() - startedAt;
  const fresh: MessageHit[] = [];
  for (const candidate of matching) fresh.push(await toHit(tx, candidate, matcher, people));
  const isSparse = rows.length < source.width / 4;
  source.width = Math.min(source.width * 2, isSparse ? SPARSE_WIDTH : FULL_WIDTH);
  source.next = fromSeq - 1;
  const oldest = rows[0];
  if (oldest) source.time = Date.parse(oldest.createdAt);
  return { fresh, tookMs };
}

/** Rows as the screen shows them: with edits that wait, without calls and what is deleted or about to be. */
function shownOf(rows: readonly Message[], source: Source, me: string): Candidate[] {
  const alive = rows.filter((row) => row.kind === 'text' && row.deletedAt === null);
  if (source.changes.length === 0) return alive;
  const lines = project(alive, source.changes, me).filter((line) => !line.isDeleted);
  return lines.map((line) => ({ ...line, chatId: source.chatId }));
}

async function toHit(
  tx: CopyReader,
  { id, chatId, seq, senderId, text, createdAt }: Candidate,
  matcher: Matcher,
  people: Map<string, Person | null>,
): Promise<MessageHit> {
  let sender = people.get(senderId);
  if (sender === undefined) {
    sender = (await tx.person(senderId)) ?? null;
    people.set(senderId, sender);
  }
  return { id, chatId, seq, senderId, sender, text, createdAt, ranges: matcher.rangesIn(text) };
}

/** Takes out the chats whose unread part is the newest; none that has nothing from this time on. */
function takeNewest(sources: Source[], fromTime: number): Source[] {
  sources.sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
  const isOlder = sources.findIndex((source) => source.time < fromTime);
  return sources.splice(0, Math.min(CHATS_AT_ONCE, isOlder < 0 ? CHATS_AT_ONCE : isOlder));
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
