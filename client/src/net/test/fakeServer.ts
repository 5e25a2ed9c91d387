import { directChatId } from '@ahoy/shared/domain/ids.ts';
import type { ErrorCode } from '@ahoy/shared/errors.ts';
import type {
  AccountChat,
  AccountDelta,
  ChatDelta,
  Member,
  Message,
  Person,
} from '@ahoy/shared/protocol/entities.ts';
import { ORPCError } from '@orpc/client';
import { type FakeAccount, type FakeChat, present } from './fakeRows.ts';

/** A socket: what the server announces while it is open. */
export type Listener = {
  userId: string;
  chat: (delta: ChatDelta) => void;
  account: (delta: AccountDelta) => void;
  people: (people: Person[]) => void;
};

/** What clients asked for and got, beside the rows: the book by which histories are judged. */
export type Book = {
  /** How often each text was written for the first time, by a send or an edit. */
  effects: Map<string, number>;
  /** Texts of the edits that came, whether they were newer than what was there or not. */
  received: Set<string>;
  /** What a message said when it was sent. */
  originals: Map<string, Message>;
  /** Where a person stood when they were added last. */
  joinedSeq: Map<string, number>;
};

type State = {
  chats: Map<string, FakeChat>;
  accounts: Map<string, FakeAccount>;
  people: Map<string, Person & { changed: number }>;
  transactions: number;
  book: Book;
};

type Change = { messages?: Message[]; members?: Member[] };
type Outage = { code: ErrorCode; retryAfterSeconds?: number; until: number };

export const TIME = '2026-01-01T00:00:00.000Z';

export type FakeServer = ReturnType<typeof createFakeServer>;

/** The state of the protocol's other end, in memory; `fakeProcedures.ts` is what clients may ask of it. */
export function createFakeServer(userIds: readonly string[]) {
  const listeners = new Set<Listener>();
  const emptyBook: Book = {
    effects: new Map(),
    received: new Set(),
    originals: new Map(),
    joinedSeq: new Map(),
  };
  let state: State = {
    chats: new Map(),
    accounts: new Map(userIds.map((id) => [id, { version: 0, rows: new Map() }])),
    people: new Map(),
    transactions: 0,
    book: emptyBook,
  };
  let databaseId = 'database 0';
  let outage: Outage | null = null;
  let unannounced = 0;
  for (const id of userIds) rename(id);

  function announce(to: (listener: Listener) => void): void {
    if (unannounced > 0) unannounced -= 1;
    else for (const listener of [...listeners]) to(listener);
  }

  function rename(id: string): void {
    state.transactions += 1;
    const version = (state.people.get(id)?.version ?? 0) + 1;
    const name = `${id} ${version}`;
    state.people.set(id, { id, version, name, username: null, about: '', changed: state.transactions });
    announce(({ people }) => people([person(id)]));
  }

  function person(id: string): Person {
    const { changed: _, ...row } = state.people.get(id) ?? fail('NOT_FOUND');
    return row;
  }

  function chat(id: string): FakeChat {
    return state.chats.get(id) ?? fail('NOT_FOUND');
  }

  /** One transaction: the next version of the chat, its rows, and the live event. */
  function commit(held: FakeChat, fn: (version: number) => Change): void {
    state.transactions += 1;
    const from = held.version;
    const { messages = [], members = [] } = fn(from + 1);
    held.version = from + 1;
    held.changed = state.transactions;
    for (const row of messages) held.messages.set(row.id, Object.freeze({ ...row, version: held.version }));
    for (const row of members) held.members.set(row.userId, Object.freeze({ ...row, version: held.version }));
    const memberCount = [...held.members.values()].filter((m) => m.isIn).length;
    held.chat = { ...held.chat, rowVersion: held.version, lastSeq: held.messages.size, memberCount };
    const delta = present(held, person, {
      from,
      to: held.version,
      isReset: false,
      messages: messages.flatMap((m) => held.messages.get(m.id) ?? []),
      members: members.flatMap((m) => held.members.get(m.userId) ?? []),
    });
    announce((listener) => {
      if (held.members.get(listener.userId)?.isIn) listener.chat(delta);
    });
  }

  function accountOf(userId: string): FakeAccount {
    return state.accounts.get(userId) ?? fail('NOT_FOUND');
  }

  function setAccountRow(userId: string, chatId: string, change: Partial<AccountChat>): void {
    const account = accountOf(userId);
    const empty = { chatId, isIn: true, at: 0, readSeq: 0, own: 0, last: 0 };
    const from = account.version;
    account.version += 1;
    const row = { ...empty, ...account.rows.get(chatId), ...change, version: account.version };
    account.rows.set(chatId, Object.freeze(row));
    const delta = { from, to: account.version, chats: [row], settings: null };
    announce((listener) => {
      if (listener.userId === userId) listener.account(delta);
    });
  }

  function createChat(id: string, kind: 'direct' | 'group', members: readonly string[]): FakeChat {
    const row = { id, kind, title: null, rowVersion: 1, lastSeq: 0, memberCount: 0, createdAt: TIME };
    const held: FakeChat = { chat: row, version: 0, changed: 0, messages: new Map(), members: new Map() };
    state.chats.set(id, held);
    for (const userId of members) setAccountRow(userId, id, { at: 1 });
    commit(held, (version) => ({ members: members.map((userId) => newMember(userId, version)) }));
    return held;
  }

  function newMember(userId: string, since: number): Member {
    return { userId, version: since, isIn: true, role: 'member', since, readSeq: 0, deliveredSeq: 0 };
  }

  function countOwn(held: FakeChat, userId: string, above: number): number {
    return [...held.messages.values()].filter((m) => m.senderId === userId && m.seq > above).length;
  }

  function setMember(chatId: string, userId: string, isIn: boolean): void {
    const held = chat(chatId);
    const was = held.members.get(userId);
    if ((was?.isIn ?? false) === isIn) return;
    const at = held.version + 1;
    const last = held.messages.size;
    const joined = { isIn, at, readSeq: last, own: countOwn(held, userId, last), last };
    if (isIn) state.book.joinedSeq.set(`${userId} ${chatId}`, last);
    setAccountRow(userId, chatId, isIn ? joined : { isIn, at });
    const base = was ?? newMember(userId, at);
    commit(held, () => ({ members: [{ ...base, isIn, since: isIn ? at : base.since }] }));
  }

  return {
    chats: () => state.chats,
    book: () => state.book,
    databaseId: () => databaseId,
    transactions: () => state.transactions,
    people: () => state.people,
    chat,
    person,
    accountOf,
    rename,
    commit,
    setAccountRow,
    setMember,
    countOwn,
    createChat,
    createDirect: (one: string, other: string): FakeChat =>
      state.chats.get(directChatId(one, other)) ??
      createChat(directChatId(one, other), 'direct', [one, other]),
    /** Someone deletes much at once: one transaction, many rows. */
    deleteMany(chatId: string, which: 'oldest' | 'newest', count: number): void {
      const held = [...chat(chatId).messages.values()].filter((m) => !m.deletedAt);
      const rows = which === 'oldest' ? held.slice(0, count) : held.slice(-count);
      const messages = rows.map((m) => ({ ...m, text: '', deletedAt: TIME }));
      if (messages.length > 0) commit(chat(chatId), () => ({ messages }));
    },
    /** What is committed next is announced to nobody, as after a crash. */
    skipAnnouncements: (count: number) => {
      unannounced = count;
    },
    outage: () => outage,
    refuse: (next: Outage | null) => {
      outage = next;
    },
    backUp: () => cloneState(state),
    /** What was restored is another database, and perhaps an older one. */
    restore(backup: State | null): void {
      if (backup) state = cloneState(backup);
      databaseId = `database ${Number(databaseId.split(' ')[1]) + 1}`;
      listeners.clear();
    },
    listen(listener: Listener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Rows are frozen and shared; what holds them is copied. */
function cloneState({ chats, accounts, people, transactions, book }: State): State {
  const copyChat = (held: FakeChat): FakeChat => ({
    ...held,
    messages: new Map(held.messages),
    members: new Map(held.members),
  });
  const copyAccount = (held: FakeAccount): FakeAccount => ({ ...held, rows: new Map(held.rows) });
  return {
    chats: new Map([...chats].map(([id, held]) => [id, copyChat(held)])),
    accounts: new Map([...accounts].map(([id, held]) => [id, copyAccount(held)])),
    people: new Map(people),
    transactions,
    book: {
      effects: new Map(book.effects),
      received: new Set(book.received),
      originals: new Map(book.originals),
      joinedSeq: new Map(book.joinedSeq),
    },
  };
}

export function fail(code: ErrorCode): never {
  throw new ORPCError(code);
}
