import type {
  AccountChat,
  Chat,
  ChatDelta,
  Member,
  Message,
  Person,
} from '@ahoy/shared/protocol/entities.ts';

/** A chat of the fake server: rows as the real one has them, in maps. */
export type FakeChat = {
  chat: Chat;
  version: number;
  /** Transaction that changed it last. */
  changed: number;
  messages: Map<string, Message>;
  members: Map<string, Member>;
};

export type FakeAccount = { version: number; rows: Map<string, AccountChat> };

/** Small, so that random histories meet every bound. */
const NEWEST_PAGE = 3;
const PAGE_ROWS = 4;
const RESET_ROWS = 8;

type Row = { version: number; message?: Message; member?: Member };

/** What a member who holds `from` has missed (rules 5, 7 and 13 of docs/sync.md). */
export function deltaSince(
  held: FakeChat,
  me: Member,
  from: number,
  person: (id: string) => Person,
): ChatDelta {
  const rows: Row[] = [
    ...[...held.messages.values()].map((message) => ({ version: message.version, message })),
    ...[...held.members.values()].map((member) => ({ version: member.version, member })),
  ]
    .filter((row) => row.version > from)
    .sort((a, b) => a.version - b.version);
  const isReset = from === 0 || rows.length > RESET_ROWS || from < me.since;
  const cut = rows[PAGE_ROWS - 1]?.version ?? Number.POSITIVE_INFINITY;
  const page = isReset ? [] : rows.filter((row) => row.version <= cut);
  const newest = [...held.messages.values()].sort((a, b) => b.seq - a.seq).slice(0, NEWEST_PAGE);
  return present(held, person, {
    from: isReset ? 0 : from,
    to: !isReset && page.length < rows.length ? cut : held.version,
    isReset,
    messages: isReset ? newest : page.flatMap((row) => row.message ?? []),
    members: isReset ? [...held.members.values()] : page.flatMap((row) => row.member ?? []),
  });
}

export function present(
  held: FakeChat,
  person: (id: string) => Person,
  rows: Pick<ChatDelta, 'from' | 'to' | 'isReset' | 'messages' | 'members'>,
): ChatDelta {
  const named = new Set([...rows.messages.map((m) => m.senderId), ...rows.members.map((m) => m.userId)]);
  return {
    ...rows,
    chatId: held.chat.id,
    chat: held.chat,
    hasAllMembers: true,
    people: [...named].map(person),
  };
}
