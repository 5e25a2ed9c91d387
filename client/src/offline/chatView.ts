import type { Command } from '@ahoy/shared/domain/command.ts';
import { type Line, project } from '@ahoy/shared/domain/project.ts';
import { countUnread } from '@ahoy/shared/domain/unread.ts';
import type { AccountChat, Chat, Member, Person } from '@ahoy/shared/protocol/entities.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { CopyReader } from './copy.ts';

/** What list, header and window of a chat have in common. */
export type ChatView = {
  chatId: string;
  /** null: opened here, and not yet known to the server. */
  chat: Chat | null;
  kind: Chat['kind'];
  peer: Person | null;
  members: Member[];
  unread: number;
  /** Own account's row of it; undefined: not held. */
  account: AccountChat | undefined;
  pending: Command[];
};

/** undefined: the chat is neither held nor being opened. A list reads no members of large chats: they tell no marks. */
export async function readChatView(
  tx: CopyReader,
  chatId: string,
  me: string,
  pending: Command[],
  { isInList = false }: { isInList?: boolean } = {},
): Promise<ChatView | undefined> {
  const head = await tx.head(chatId);
  const isLarge = (head?.chat.memberCount ?? 0) > LIMITS.smallChatMembers;
  const members = isInList && isLarge ? [] : await tx.members(chatId);
  const account = await tx.accountChat(chatId);
  const opening = pending.find((command) => command.kind === 'openDirect');
  if (!head && !opening) return undefined;
  const kind = kindOf(head?.chat, members, me) ?? (opening?.personId === me ? 'saved' : 'direct');
  const peerId =
    kind === 'direct' ? (members.find((m) => m.userId !== me)?.userId ?? opening?.personId) : undefined;
  return {
    chatId,
    chat: head?.chat ?? null,
    kind,
    peer: (peerId && (await tx.person(peerId))) || null,
    members,
    unread: await readUnread(tx, account, head?.chat.lastSeq ?? 0, me, pending),
    account,
    pending,
  };
}

/** Two accounts that became one have talked to themselves. */
function kindOf(chat: Chat | undefined, members: readonly Member[], me: string): Chat['kind'] | undefined {
  const isAlone = members.length > 0 && members.every((member) => member.userId === me);
  return chat?.kind === 'direct' && isAlone ? 'saved' : chat?.kind;
}

/** Rule 24 of docs/sync.md, over the rows held. */
export async function readUnread(
  tx: CopyReader,
  account: AccountChat | undefined,
  lastSeq: number,
  me: string,
  pending: readonly Command[],
): Promise<number> {
  // What is read needs no counting.
  if (!account || account.readSeq >= Math.max(lastSeq, account.last)) return 0;
  const reads = pending.filter((command) => command.kind === 'read').map((command) => command.seq);
  return countUnread({
    account,
    lastSeq,
    ownSeqs: await tx.seqsOf(account.chatId, me, account.readSeq + 1),
    pendingReadSeq: reads.length > 0 ? Math.max(...reads) : undefined,
  });
}

/** The newest line: what waits stands behind what the server has. */
export async function readLastLine(tx: CopyReader, view: ChatView, me: string): Promise<Line | null> {
  const newest = await tx.newestMessage(view.chatId);
  return project(newest ? [newest] : [], view.pending, me).at(-1) ?? null;
}

/** How far any of the others has come: in a direct chat that is the other one. */
export function othersProgress(members: readonly Member[], me: string) {
  const others = members.filter((m) => m.userId !== me && m.isIn);
  const readSeq = Math.max(0, ...others.map((m) => m.readSeq));
  return {
    othersReadSeq: readSeq,
    othersDeliveredSeq: Math.max(readSeq, ...others.map((m) => m.deliveredSeq)),
  };
}

/** Pending commands by chat, in the order of sending. */
export function groupByChat(commands: readonly Command[]): ReadonlyMap<string, Command[]> {
  return Map.groupBy(commands, (command) => command.chatId);
}

/** Where unread messages begin: the first one above `readSeq` that is not known to be own. */
export function findFirstUnread(readSeq: number, lastSeq: number, ownSeqs: readonly number[]): number | null {
  const own = new Set(ownSeqs);
  for (let seq = readSeq + 1; seq <= lastSeq; seq += 1) if (!own.has(seq)) return seq;
  return null;
}

const LOOK_BACK = 50;

/** Seq of the newest held message of others in this range, both bounds inclusive; 0: there is none. */
export async function findNewestOfOthers(
  tx: CopyReader,
  chatId: string,
  me: string,
  fromSeq: number,
  toSeq: number,
): Promise<number> {
  for (let to = toSeq; to >= fromSeq; to -= LOOK_BACK) {
    const rows = await tx.messages(chatId, Math.max(fromSeq, to - LOOK_BACK + 1), to);
    const newest = rows.findLast((message) => message.senderId !== me);
    if (newest) return newest.seq;
  }
  return 0;
}
