import type { AccountChat, AccountDelta, Chat, ChatDelta, Member, Message } from '../protocol/entities.ts';

/** What a device's copy knows of a chat, apart from its rows. */
export type CopyHead = {
  chat: Chat;
  /** All rows up to this version are held, or lie in a hole that `seq` shows. */
  version: number;
  /** The chat's head at the last reset or trim: pages read before it are dropped. */
  floor: number;
  /** The member list is held up to this user id; null: all of it. */
  membersUpTo: string | null;
};

/** The part of the copy that a delta can touch; `versions` of the rows that it names and the copy holds. */
export type Held = { head: CopyHead; versions: ReadonlyMap<string, number> };

/** What to write, in one transaction with the reading. */
export type CopyChange =
  /** Something was missed: apply nothing, ask `sync`. */
  | { kind: 'gap' }
  | { kind: 'nothing' }
  | {
      kind: 'write';
      head: CopyHead;
      messages: Message[];
      members: Member[];
      /** On a reset: forget all members, and messages up to this version, before writing. */
      clearUpTo: number | null;
    };

/** Keys of message and member rows in `Held.versions`. */
export const memberKey = (userId: string) => `member:${userId}`;

/**
 * The one way into the copy, for live events, pages of `sync` and new chats alike (rules 6, 7 and 22 of docs/sync.md).
 * Pure: the caller reads `held` and writes the change in one transaction.
 */
export function applyDelta(
  held: Held | undefined,
  delta: ChatDelta,
  account: AccountChat | undefined,
): CopyChange {
  if (account && !account.isIn && delta.to <= account.at) return { kind: 'nothing' };
  const version = held?.head.version ?? 0;
  if (delta.from > version) return { kind: 'gap' };
  if (held && delta.to <= version) return { kind: 'nothing' };
  if (!held || delta.isReset) return replaceCopy(held, delta);

  const isNews = (row: { version: number }, key: string) =>
    row.version > version && row.version > (held.versions.get(key) ?? -1);
  return {
    kind: 'write',
    head: { ...held.head, chat: newerChat(held.head.chat, delta.chat), version: delta.to },
    messages: delta.messages.filter((m) => isNews(m, m.id)),
    members: delta.members.filter((m) => isNews(m, memberKey(m.userId))),
    clearUpTo: null,
  };
}

function replaceCopy(held: Held | undefined, delta: ChatDelta): CopyChange {
  return {
    kind: 'write',
    head: {
      chat: held ? newerChat(held.head.chat, delta.chat) : delta.chat,
      version: delta.to,
      floor: delta.to,
      // One's own row alone does not continue a list: it starts at the beginning.
      membersUpTo: delta.hasAllMembers || !delta.isReset ? null : '',
    },
    // A held row up to `to` is cleared below, so it is written again; a newer one stays.
    messages: delta.messages.filter((m) => (held?.versions.get(m.id) ?? -1) <= delta.to),
    members: delta.members,
    clearUpTo: delta.to,
  };
}

/** The chat's fields by `rowVersion`, the head by itself: a late row never takes the head back. */
export function newerChat(held: Chat, coming: Chat): Chat {
  const fields = coming.rowVersion > held.rowVersion ? coming : held;
  return { ...fields, lastSeq: Math.max(held.lastSeq, coming.lastSeq) };
}

/** A page of history may be older than what is held, and older than a reset: then it is dropped (rule 9). */
export function applyHistory(
  held: Held,
  page: { messages: Message[]; readAt: number },
): { messages: Message[] } | undefined {
  if (page.readAt < held.head.floor) return undefined;
  return { messages: page.messages.filter((m) => m.version > (held.versions.get(m.id) ?? -1)) };
}

/** The account's stream: the same rules, one row per chat. */
export function applyAccountDelta(
  held: { version: number; versions: ReadonlyMap<string, number> },
  delta: AccountDelta,
): { kind: 'gap' } | { kind: 'write'; version: number; chats: AccountChat[] } {
  if (delta.from > held.version) return { kind: 'gap' };
  return {
    kind: 'write',
    version: Math.max(held.version, delta.to),
    chats: delta.chats.filter((row) => row.version > (held.versions.get(row.chatId) ?? -1)),
  };
}

/** What an account row asks of the copy of its chat (rule 22). */
export function onAccountChat(row: AccountChat, heldVersion: number | undefined): 'drop' | 'ask' | 'keep' {
  if (!row.isIn) return heldVersion !== undefined && heldVersion <= row.at ? 'drop' : 'keep';
  return heldVersion === undefined || heldVersion < row.at ? 'ask' : 'keep';
}
