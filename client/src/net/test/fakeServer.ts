import { directChatId } from '@ahoy/shared/domain/ids.ts';
import type { ErrorCode } from '@ahoy/shared/errors.ts';
import type {
  AccountChat,
  ChatDelta,
  CommandAnswer,
  Member,
  Message,
  Person,
} from '@ahoy/shared/protocol/entities.ts';
import { ORPCError } from '@orpc/client';
import type { createLive } from '../live.ts';
import { deltaSince, type FakeAccount, type FakeChat, present } from './fakeRows.ts';

type Listener = { userId: string; live: ReturnType<typeof createLive> };
type SyncRequest = { account: number; asOf?: string; chats: Record<string, number> };
type Change = { messages?: Message[]; members?: Member[] };

const TIME = '2026-01-01T00:00:00.000Z';
const CHATS_PER_ANSWER = 1;
const ACCOUNT_ROWS_PER_ANSWER = 2;

export type FakeServer = ReturnType<typeof createFakeServer>;

/** The protocol's other end, in memory: enough of docs/sync.md to play random histories against the real client. */
export function createFakeServer(userIds: readonly string[]) {
  const chats = new Map<string, FakeChat>();
  const accounts = new Map<string, FakeAccount>(userIds.map((id) => [id, { version: 0, rows: new Map() }]));
  const people = new Map<string, Person & { changed: number }>();
  const listeners = new Set<Listener>();
  let transactions = 0;
  /** Who told how far they hold their chats, request by request. */
  const deliveries: string[] = [];
  let databaseId = 'first';
  for (const id of userIds) rename(id);

  function rename(id: string): void {
    transactions += 1;
    const version = (people.get(id)?.version ?? 0) + 1;
    people.set(id, {
      id,
      version,
      name: `${id} ${version}`,
      username: null,
      about: '',
      changed: transactions,
    });
    for (const { live } of listeners) void live.people([person(id)]);
  }

  function person(id: string): Person {
    const { changed: _, ...row } = people.get(id) ?? fail('NOT_FOUND');
    return row;
  }

  function commit(held: FakeChat, fn: (version: number) => Change): void {
    transactions += 1;
    const from = held.version;
    const { messages = [], members = [] } = fn(from + 1);
    held.version = from + 1;
    held.changed = transactions;
    for (const row of messages) held.messages.set(row.id, { ...row, version: held.version });
    for (const row of members) held.members.set(row.userId, { ...row, version: held.version });
    const memberCount = [...held.members.values()].filter((m) => m.isIn).length;
    held.chat = { ...held.chat, rowVersion: held.version, lastSeq: held.messages.size, memberCount };
    const delta = present(held, person, {
      from,
      to: held.version,
      isReset: false,
      messages: messages.flatMap((m) => held.messages.get(m.id) ?? []),
      members: members.flatMap((m) => held.members.get(m.userId) ?? []),
    });
    for (const { userId, live } of listeners) if (held.members.get(userId)?.isIn) void live.chat(delta);
  }

  function setAccountRow(userId: string, chatId: string, change: Partial<AccountChat>): void {
    const account = accounts.get(userId) ?? fail('NOT_FOUND');
    const empty = { chatId, isIn: true, at: 0, readSeq: 0, own: 0, last: 0 };
    const from = account.version;
    account.version += 1;
    const row = { ...empty, ...account.rows.get(chatId), ...change, version: account.version };
    account.rows.set(chatId, row);
    const delta = { from, to: account.version, chats: [row], settings: null };
    for (const { userId: other, live } of listeners)
      if (other === userId) void live.account(structuredClone(delta));
  }

  function createChat(id: string, kind: 'direct' | 'group', members: readonly string[]): FakeChat {
    const chat = { id, kind, title: null, rowVersion: 1, lastSeq: 0, memberCount: 0, createdAt: TIME };
    const held: FakeChat = { chat, version: 0, changed: 0, messages: new Map(), members: new Map() };
    chats.set(id, held);
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
    const held = chats.get(chatId) ?? fail('NOT_FOUND');
    const was = held.members.get(userId);
    if ((was?.isIn ?? false) === isIn) return;
    const at = held.version + 1;
    const last = held.messages.size;
    const joined = { isIn, at, readSeq: last, own: countOwn(held, userId, last), last };
    setAccountRow(userId, chatId, isIn ? joined : { isIn, at });
    const base = was ?? newMember(userId, at);
    commit(held, () => ({ members: [{ ...base, isIn, since: isIn ? at : base.since }] }));
  }

  function chatOf(userId: string, chatId: string): FakeChat {
    const held = chats.get(chatId);
    return held?.members.get(userId)?.isIn ? held : fail('NOT_FOUND');
  }

  function answer(userId: string, chatId: string, messages: readonly Message[]): CommandAnswer {
    const held = chats.get(chatId) ?? fail('NOT_FOUND');
    return structuredClone({
      chatId,
      head: { version: held.version, lastSeq: held.chat.lastSeq },
      account: accounts.get(userId)?.rows.get(chatId) ?? null,
      messages: messages.flatMap((m) => held.messages.get(m.id) ?? []),
      people: messages.map((m) => person(m.senderId)),
    });
  }

  function find(userId: string, messageId: string): { held: FakeChat; message: Message } {
    for (const held of chats.values()) {
      const message = held.messages.get(messageId);
      if (message && held.members.get(userId)?.isIn) return { held, message };
    }
    return fail('NOT_FOUND');
  }

  const procedures = {
    send(userId: string, input: { id: string; chatId: string; text: string; replyToId?: string | null }) {
      const held = chats.get(input.chatId) ?? fail('NOT_FOUND');
      const known = held.messages.get(input.id);
      if (known) return answer(userId, input.chatId, [known]);
      chatOf(userId, input.chatId);
      const seq = held.messages.size + 1;
      const message: Message = {
        ...{ id: input.id, chatId: input.chatId, seq, version: 0, senderId: userId, kind: 'text' },
        ...{ text: input.text, replyToId: input.replyToId ?? null, createdAt: TIME },
        ...{ editedAt: null, deletedAt: null, textStamp: 0 },
      };
      const row = accounts.get(userId)?.rows.get(input.chatId) ?? fail('NOT_FOUND');
      const isClear = seq - 1 - row.readSeq - row.own === 0;
      setAccountRow(userId, input.chatId, {
        ...(isClear ? { readSeq: seq, own: 0 } : { own: row.own + 1 }),
        last: seq,
      });
      commit(held, () => ({ messages: [message] }));
      return answer(userId, input.chatId, [message]);
    },
    edit(userId: string, input: { id: string; text: string; stamp: number }) {
      const { held, message } = find(userId, input.id);
      const { text, stamp: textStamp } = input;
      if (!message.deletedAt && textStamp > message.textStamp)
        commit(held, () => ({ messages: [{ ...message, text, textStamp, editedAt: TIME }] }));
      return answer(userId, held.chat.id, [message]);
    },
    delete(userId: string, input: { id: string }) {
      const { held, message } = find(userId, input.id);
      if (!message.deletedAt) commit(held, () => ({ messages: [{ ...message, text: '', deletedAt: TIME }] }));
      return answer(userId, held.chat.id, [message]);
    },
    read(userId: string, input: { chatId: string; seq: number }) {
      const held = chatOf(userId, input.chatId);
      const readSeq = Math.min(input.seq, held.messages.size);
      if (readSeq > (accounts.get(userId)?.rows.get(input.chatId)?.readSeq ?? 0)) {
        const own = countOwn(held, userId, readSeq);
        setAccountRow(userId, input.chatId, { readSeq, own, last: held.messages.size });
        const member = held.members.get(userId) ?? fail('NOT_FOUND');
        commit(held, () => ({ members: [{ ...member, readSeq }] }));
      }
      return answer(userId, input.chatId, []);
    },
    delivered(userId: string, input: { chats: { chatId: string; seq: number }[] }) {
      deliveries.push(userId);
      for (const { chatId, seq } of input.chats) {
        const held = chats.get(chatId);
        const member = held?.members.get(userId);
        if (held && member?.isIn && seq > member.deliveredSeq)
          commit(held, () => ({ members: [{ ...member, deliveredSeq: seq }] }));
      }
      return {};
    },
    openDirect(userId: string, input: { personId: string }) {
      const id = directChatId(userId, input.personId);
      const held = chats.get(id) ?? createChat(id, 'direct', [userId, input.personId]);
      const delta = deltaSince(held, held.members.get(userId) ?? fail('NOT_FOUND'), 0, person);
      return { delta, answer: answer(userId, id, []) };
    },
    history(userId: string, input: { chatId: string; fromSeq: number; toSeq: number }) {
      const held = chatOf(userId, input.chatId);
      const rows = [...held.messages.values()].filter((m) => m.seq >= input.fromSeq && m.seq <= input.toSeq);
      return structuredClone({
        messages: rows,
        people: rows.map((m) => person(m.senderId)),
        readAt: held.version,
      });
    },
    sync(userId: string, input: SyncRequest) {
      const account = accounts.get(userId) ?? fail('NOT_FOUND');
      const rows = [...account.rows.values()]
        .filter((row) => row.version > input.account)
        .sort((a, b) => a.version - b.version);
      const page = rows.slice(0, ACCOUNT_ROWS_PER_ANSWER);
      const to = page.length < rows.length ? (page.at(-1)?.version ?? 0) : account.version;
      const since = input.asOf === undefined ? Number.POSITIVE_INFINITY : Number(input.asOf);
      const deltas: ChatDelta[] = [];
      const heads: Record<string, number> = {};
      let hasMore = page.length < rows.length;
      for (const [id, held] of chats) {
        const member = held.members.get(userId);
        const from = input.chats[id];
        if (!member?.isIn) continue;
        if (from === undefined && held.changed >= since) heads[id] = held.version;
        if (from === undefined || from >= held.version) continue;
        const delta: ChatDelta | undefined =
          deltas.length < CHATS_PER_ANSWER ? deltaSince(held, member, from, person) : undefined;
        if (delta) deltas.push(delta);
        if (delta?.to === held.version) continue;
        hasMore = true;
        heads[id] = held.version;
      }
      const changedPeople = [...people.values()].filter((p) => p.changed >= since).map((p) => person(p.id));
      return structuredClone({
        databaseId,
        account: rows.length > 0 ? { from: input.account, to, chats: page, settings: null } : null,
        ...{
          deltas,
          heads,
          people: changedPeople,
          asOf: String(transactions + 1),
          hasMore,
          serverTime: TIME,
        },
      });
    },
  };

  return {
    chats,
    accounts,
    deliveries,
    procedures,
    person,
    rename,
    setMember,
    createChat,
    /** What was restored from an older backup is another database. */
    restoreAs: (id: string) => {
      databaseId = id;
    },
    listen(listener: Listener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function fail(code: ErrorCode): never {
  throw new ORPCError(code);
}
