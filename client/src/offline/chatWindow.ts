import type { Command } from '@ahoy/shared/domain/command.ts';
import { type Line, project } from '@ahoy/shared/domain/project.ts';
import type { Message, Person } from '@ahoy/shared/protocol/entities.ts';
import {
  findFirstUnread,
  findNewestOfOthers,
  groupByChat,
  othersProgress,
  readChatView,
} from './chatView.ts';
import type { CopyReader } from './copy.ts';
import type { Query } from './liveQuery.ts';
import { chatKeys } from './queries.ts';
import type { ChatWindow, FailedChange, Hole } from './readModels.ts';

/**
 * What a chat's screen shows between two seqs, both inclusive; null: there is no such chat.
 * `toSeq` may be Infinity: then the window ends at the newest message, and follows it.
 */
export function chatWindowQuery(
  me: string,
  chatId: string,
  fromSeq: number,
  toSeq: number,
): Query<ChatWindow | null> {
  return {
    scope: `chatWindow ${me} ${chatId}`,
    id: `chatWindow ${me} ${chatId} ${fromSeq} ${toSeq}`,
    keys: chatKeys(chatId),
    read: (tx) => readWindow(tx, me, chatId, fromSeq, toSeq),
  };
}

async function readWindow(
  tx: CopyReader,
  me: string,
  chatId: string,
  fromSeq: number,
  toSeq: number,
): Promise<ChatWindow | null> {
  const pending = groupByChat(await tx.outbox()).get(chatId) ?? [];
  const view = await readChatView(tx, chatId, me, pending);
  if (!view) return null;
  const lastSeq = view.chat?.lastSeq ?? 0;
  const from = Math.max(1, fromSeq);
  const to = Math.min(lastSeq, toSeq);
  const messages = to >= from ? await tx.messages(chatId, from, to) : [];
  const account = (await tx.accountChat(chatId)) ?? null;
  const readSeq = account?.readSeq ?? lastSeq;
  const ownSeqs = view.unread > 0 ? await tx.seqsOf(chatId, me, readSeq + 1) : [];
  const shown = toSeq >= lastSeq ? pending : pending.filter((command) => command.kind !== 'send');
  const lines = project(messages, shown, me);
  return {
    chatId,
    lines,
    holes: findHoles(messages, from, to),
    lastSeq,
    account,
    unread: view.unread,
    firstUnreadSeq: view.unread > 0 ? findFirstUnread(readSeq, lastSeq, ownSeqs) : null,
    newestOfOthersSeq: Math.max(
      messages.findLast((message) => message.senderId !== me)?.seq ?? 0,
      await findNewestOfOthers(tx, chatId, me, readSeq + 1, lastSeq),
    ),
    members: view.members,
    ...othersProgress(view.members, me),
    people: await readPeople(tx, [
      ...lines.map((line) => line.senderId),
      ...view.members.map((m) => m.userId),
      me,
    ]),
    repliedTo: await readReplied(tx, lines, pending, me),
    failedChanges: pending.flatMap(toFailedChange),
    reasons: new Map(pending.filter((c) => c.state === 'failed').map((c) => [c.id, c.reason])),
  };
}

/** Seqs are dense, so what is missing is seen by arithmetic (rule 1 of docs/sync.md). */
export function findHoles(messages: readonly Message[], fromSeq: number, toSeq: number): Hole[] {
  const holes: Hole[] = [];
  let next = fromSeq;
  for (const { seq } of messages) {
    if (seq > next) holes.push({ fromSeq: next, toSeq: seq - 1 });
    next = seq + 1;
  }
  if (next <= toSeq) holes.push({ fromSeq: next, toSeq });
  return holes;
}

async function readPeople(tx: CopyReader, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const people = new Map<string, Person>();
  const unique = [...new Set(ids)];
  for (const person of await Promise.all(unique.map((id) => tx.person(id))))
    if (person) people.set(person.id, person);
  return people;
}

async function readReplied(
  tx: CopyReader,
  lines: readonly Line[],
  pending: readonly Command[],
  me: string,
): Promise<ChatWindow['repliedTo']> {
  const ids = new Set(lines.flatMap((line) => line.replyToId ?? []));
  const held = await Promise.all([...ids].map((id) => tx.message(id)));
  return new Map(
    project(
      held.filter((message) => message !== undefined),
      pending,
      me,
    )
      .filter((line) => ids.has(line.id))
      .map((line) => [line.id, line]),
  );
}

function toFailedChange(command: Command): FailedChange[] {
  if (command.state !== 'failed' || (command.kind !== 'edit' && command.kind !== 'delete')) return [];
  return [
    { commandId: command.id, messageId: command.messageId, kind: command.kind, reason: command.reason },
  ];
}
