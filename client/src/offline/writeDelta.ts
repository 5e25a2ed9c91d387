import {
  applyAccountDelta,
  applyDelta,
  applyHistory,
  type CopyHead,
  type Held,
  memberKey,
  onAccountChat,
} from '@ahoy/shared/domain/applyDelta.ts';
import type {
  AccountChat,
  AccountDelta,
  ChatDelta,
  CommandAnswer,
  Message,
  Person,
} from '@ahoy/shared/protocol/entities.ts';
import type { CopyTransaction } from './copy.ts';

/** `gap`: something was missed and is noted as heard of; ask `sync`. */
export type Written = 'written' | 'nothing' | 'gap';

/** A chat's delta, from wherever it comes: a live event, a page of sync, a new chat (rules 6 to 8 of docs/sync.md). */
export async function writeChatDelta(tx: CopyTransaction, delta: ChatDelta): Promise<Written> {
  const [held, account] = await Promise.all([readHeld(tx, delta), tx.accountChat(delta.chatId)]);
  const change = applyDelta(held, delta, account);
  switch (change.kind) {
    case 'gap':
      await hear(tx, delta.chatId, delta.to);
      return 'gap';
    case 'nothing':
      return 'nothing';
    case 'write':
      if (change.clearUpTo !== null) await tx.clearChat(delta.chatId, change.clearUpTo);
      await tx.putHead(change.head);
      if (change.members.length > 0) await tx.putMembers(delta.chatId, change.members);
      await Promise.all([
        putMessages(tx, change.messages),
        writePeople(tx, delta.people),
        forgetIfReached(tx, delta.chatId, delta.to),
      ]);
      return 'written';
    default:
      return change satisfies never;
  }
}

/** The account's delta: settings, and one's own row of each chat, which may drop a chat or ask for it (rule 22). */
export async function writeAccountDelta(tx: CopyTransaction, delta: AccountDelta): Promise<Written> {
  const meta = await tx.meta();
  const versions = new Map<string, number>();
  const held = await Promise.all(delta.chats.map(({ chatId }) => tx.accountChat(chatId)));
  for (const row of held) if (row) versions.set(row.chatId, row.version);
  const change = applyAccountDelta({ version: meta.account, versions }, delta);
  if (change.kind === 'gap') return 'gap';
  const isNewer = delta.settings && delta.settings.version > (meta.settings?.version ?? -1);
  await tx.putMeta({ account: change.version, ...(isNewer && { settings: delta.settings }) });
  return (await putAccountRows(tx, change.chats)) ? 'gap' : 'written';
}

/** The highest version of a person wins (rule 27); who has no photo any more leaves none behind. */
export async function writePeople(tx: CopyTransaction, people: readonly Person[]): Promise<void> {
  const newer: Person[] = [];
  const held = await Promise.all(people.map(({ id }) => tx.person(id)));
  for (const [index, person] of people.entries())
    if ((held[index]?.version ?? -1) < person.version) newer.push(person);
  if (newer.length > 0) await tx.putPeople(newer);
  const before = new Map(held.map((person) => [person?.id, person]));
  for (const { id, photoId } of newer)
    if (photoId === undefined && before.get(id)?.photoId !== undefined) await tx.dropPhoto(id);
}

/** A page of history; false when it was read before the copy last started over (rule 9). */
export async function writeHistory(
  tx: CopyTransaction,
  chatId: string,
  page: { messages: Message[]; people: Person[]; readAt: number },
): Promise<boolean> {
  const head = await tx.head(chatId);
  if (!head) return false;
  const change = applyHistory({ head, versions: await tx.messageVersions(page.messages) }, page);
  if (!change) return false;
  await putNewer(tx, change.messages);
  await raiseLastSeq(tx, head, change.messages);
  await writePeople(tx, page.people);
  return true;
}

/** The rows of a command's answer; they do not move the copy's version, and the head counts as heard of (rule 15). */
export async function writeAnswer(tx: CopyTransaction, answer: CommandAnswer): Promise<void> {
  await hear(tx, answer.chatId, answer.head.version);
  const row = answer.account;
  if (row && row.version > ((await tx.accountChat(row.chatId))?.version ?? -1))
    await putAccountRows(tx, [row]);
  const head = await tx.head(answer.chatId);
  if (!head || answer.head.version < head.floor) return;
  await writePeople(tx, answer.people);
  await putNewer(tx, answer.messages);
  await raiseLastSeq(tx, head, answer.messages);
}

/** Notes that a chat has this version, unless it is reached or one is out of it (rules 11 and 12). */
export async function hear(tx: CopyTransaction, chatId: string, version: number): Promise<void> {
  const account = await tx.accountChat(chatId);
  // Also of what came after one was out: it is never reached, and who is added again hears of it by the account row.
  if (account && !account.isIn) return;
  if (version <= ((await tx.head(chatId))?.version ?? 0)) return;
  const heard = (await tx.heardOf()).get(chatId) ?? 0;
  if (version > heard) await tx.putHeardOf(chatId, version);
}

async function putAccountRows(tx: CopyTransaction, rows: AccountChat[]): Promise<boolean> {
  if (rows.length > 0) await tx.putAccountChats(rows);
  const effects = await Promise.all(rows.map((row) => followAccountRow(tx, row)));
  return effects.includes('ask');
}

async function followAccountRow(tx: CopyTransaction, row: AccountChat) {
  const effect = onAccountChat(row, (await tx.head(row.chatId))?.version);
  if (effect === 'drop') await tx.dropChat(row.chatId);
  if (!row.isIn) await tx.putHeardOf(row.chatId, null);
  if (effect === 'ask') await hear(tx, row.chatId, row.at);
  return effect;
}

/** Stores what is newer than what is held. */
async function putNewer(tx: CopyTransaction, messages: readonly Message[]): Promise<void> {
  const versions = await tx.messageVersions(messages);
  await putMessages(
    tx,
    messages.filter((m) => m.version > (versions.get(m.id) ?? -1)),
  );
}

/** A row that arrives settles its pending send (rule 15). */
async function putMessages(tx: CopyTransaction, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  await tx.putMessages(messages);
  const arrived = new Set(messages.map((m) => m.id));
  for (const command of await tx.outbox())
    if (command.kind === 'send' && arrived.has(command.messageId)) await tx.dropCommand(command.id);
}

/** Rows may be ahead of the copy's version; what lies between is a hole like any other. */
async function raiseLastSeq(
  tx: CopyTransaction,
  head: CopyHead,
  messages: readonly Message[],
): Promise<void> {
  const lastSeq = Math.max(head.chat.lastSeq, ...messages.map((m) => m.seq));
  if (lastSeq > head.chat.lastSeq) await tx.putHead({ ...head, chat: { ...head.chat, lastSeq } });
}

async function readHeld(tx: CopyTransaction, delta: ChatDelta): Promise<Held | undefined> {
  const [head, versions, members] = await Promise.all([
    tx.head(delta.chatId),
    tx.messageVersions(delta.messages),
    Promise.all(delta.members.map(({ userId }) => tx.member(delta.chatId, userId))),
  ]);
  for (const member of members) if (member) versions.set(memberKey(member.userId), member.version);
  return head && { head, versions };
}

async function forgetIfReached(tx: CopyTransaction, chatId: string, version: number): Promise<void> {
  const heard = (await tx.heardOf()).get(chatId);
  if (heard !== undefined && version >= heard) await tx.putHeardOf(chatId, null);
}
