import type { Command } from '@ahoy/shared/domain/command.ts';
import type { Line } from '@ahoy/shared/domain/project.ts';
import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { groupByChat, othersProgress, readChatView, readLastLine } from './chatView.ts';
import { type CopyReader, KEYS } from './copy.ts';
import type { LastAnswer } from './liveQuery.ts';
import type { ChatListItem } from './readModels.ts';
import { touchedChats } from './touchedChats.ts';

type Pending = ReadonlyMap<string, Command[]>;
type People = ReadonlyMap<string, Person>;

/**
 * My chats, the latest talk first. With the last answer only chats that were touched, or name someone who has changed,
 * are read again; items that say the same stay the same objects, so that their rows are not drawn again.
 */
export async function readChatList(
  tx: CopyReader,
  me: string,
  last?: LastAnswer<ChatListItem[]>,
): Promise<ChatListItem[]> {
  const pending = groupByChat(await tx.outbox());
  const touched = last ? touchedChats(last.touched) : null;
  if (!last || !touched) return settle(await readAll(tx, me, pending), last?.answer ?? []);
  if (last.touched.has(KEYS.people)) {
    const people = await readPeople(tx);
    for (const item of last.answer) if (isOutdated(item, people)) touched.add(item.chatId);
  }
  if (touched.size === 0) return last.answer;
  const fresh = [...touched].map((chatId) => readItem(tx, chatId, pending.get(chatId) ?? [], me));
  const kept = last.answer.filter((item) => !touched.has(item.chatId));
  return settle([...kept, ...(await Promise.all(fresh))], last.answer);
}

/** More than any screen shows at once. */
const TOP_CHATS = 24;

/** The chats that changed last, and those being opened: the first screen of a long list, in a fraction of its time. */
export async function readTopOfChatList(tx: CopyReader, me: string): Promise<ChatListItem[]> {
  const pending = groupByChat(await tx.outbox());
  return settle(await readItems(tx, me, await tx.recentChatIds(TOP_CHATS), pending), []);
}

async function readAll(tx: CopyReader, me: string, pending: Pending): Promise<(ChatListItem | null)[]> {
  const held = (await tx.heads()).map(({ chat }) => chat.id);
  return readItems(tx, me, held, pending);
}

async function readItems(
  tx: CopyReader,
  me: string,
  held: readonly string[],
  pending: Pending,
): Promise<(ChatListItem | null)[]> {
  const people = await readPeople(tx);
  const opening = [...pending.values()]
    .flat()
    .filter((command) => command.kind === 'openDirect')
    .map((command) => command.chatId);
  const chatIds = [...new Set([...held, ...opening])];
  return Promise.all(chatIds.map((id) => readItem(tx, id, pending.get(id) ?? [], me, people)));
}

async function readPeople(tx: CopyReader): Promise<People> {
  return new Map((await tx.people()).map((person) => [person.id, person]));
}

/** `people`, where they are at hand, save asking for each. */
async function readItem(
  tx: CopyReader,
  chatId: string,
  pending: Command[],
  me: string,
  people?: People,
): Promise<ChatListItem | null> {
  const reader = people ? { ...tx, person: async (id: string) => people.get(id) ?? tx.person(id) } : tx;
  const view = await readChatView(reader, chatId, me, pending, { isInList: true });
  if (!view) return null;
  const lastLine = await readLastLine(tx, view, me);
  const sender = lastLine && (await reader.person(lastLine.senderId));
  return {
    chatId: view.chatId,
    kind: view.kind,
    title: view.chat?.title ?? null,
    peer: view.peer,
    lastLine,
    lastSender: sender ?? null,
    unread: view.unread,
    mutedUntil: view.account?.mutedUntil ?? null,
    isArchived: view.account?.isArchived ?? false,
    ...othersProgress(view.members, me),
    // A chat that is only being opened has no time yet: it stands first.
    sortTime: lastLine?.createdAt ?? view.chat?.createdAt ?? '9999',
    isPending: view.chat === null,
  };
}

/** Whether it names someone in another way than the device knows them now. */
function isOutdated(item: ChatListItem, people: People): boolean {
  if (item.kind === 'direct' && item.peer === null) return true;
  const isOther = (held: Person | null, id: string | undefined) =>
    id !== undefined && (people.get(id)?.version ?? -1) !== (held?.version ?? -1);
  return isOther(item.peer, item.peer?.id) || isOther(item.lastSender, item.lastLine?.senderId);
}

/** Puts them in order, with the objects of `before` where nothing has changed. */
function settle(items: readonly (ChatListItem | null)[], before: ChatListItem[]): ChatListItem[] {
  const held = new Map(before.map((item) => [item.chatId, item]));
  const settled = items
    .filter((item) => item !== null)
    .map((item) => {
      const old = held.get(item.chatId);
      return old && (old === item || isSame(old, item)) ? old : item;
    })
    .sort(compare);
  const isUnchanged = settled.length === before.length && settled.every((item, at) => item === before[at]);
  return isUnchanged ? before : settled;
}

function compare(a: ChatListItem, b: ChatListItem): number {
  if (a.sortTime !== b.sortTime) return a.sortTime < b.sortTime ? 1 : -1;
  return a.chatId < b.chatId ? 1 : -1;
}

function isSame(a: ChatListItem, b: ChatListItem): boolean {
  const { peer: peerA, lastLine: lineA, lastSender: senderA, ...restA } = a;
  const { peer: peerB, lastLine: lineB, lastSender: senderB, ...restB } = b;
  return (
    isEqual(restA, restB) && isEqual(peerA, peerB) && isSameLine(lineA, lineB) && isEqual(senderA, senderB)
  );
}

function isSameLine(a: Line | null, b: Line | null): boolean {
  if (a === null || b === null) return a === b;
  const [{ call: callA, ...restA }, { call: callB, ...restB }] = [a, b];
  return isEqual(restA, restB) && isEqual(callA, callB);
}

/** Of flat objects. */
function isEqual<T extends object>(a: T | null, b: T | null): boolean {
  if (a === null || b === null) return a === b;
  const names = Object.keys(b) as (keyof T)[];
  return Object.keys(a).length === names.length && names.every((name) => a[name] === b[name]);
}
