import type { ChatDelta, CommandAnswer, Message } from '@ahoy/shared/protocol/entities.ts';
import { deltaSince, type FakeChat } from './fakeRows.ts';
import { type FakeServer, fail, TIME } from './fakeServer.ts';

const CHATS_PER_ANSWER = 1;
const ACCOUNT_ROWS_PER_ANSWER = 2;

type SendInput = { id: string; chatId: string; text: string; replyToId?: string | null };
type SyncInput = { account: number; asOf?: string; chats: Record<string, number> };
type RangeInput = { chatId: string; fromSeq: number; toSeq: number };

/** Who asked for what, to be counted. */
export type Requests = { syncs: number; deliveries: string[] };
export type FakeProcedures = ReturnType<typeof createFakeProcedures>;

/** What clients may ask of the fake server: enough of docs/sync.md to play random histories against the real client. */
export function createFakeProcedures(server: FakeServer, requests: Requests) {
  const { person, commit, setAccountRow } = server;

  function chatOf(userId: string, chatId: string): FakeChat {
    const held = server.chats().get(chatId);
    return held?.members.get(userId)?.isIn ? held : fail('NOT_FOUND');
  }

  function answer(userId: string, chatId: string, messages: readonly Message[]): CommandAnswer {
    const held = server.chat(chatId);
    return {
      chatId,
      head: { version: held.version, lastSeq: held.chat.lastSeq },
      account: server.accountOf(userId).rows.get(chatId) ?? null,
      messages: messages.flatMap((m) => held.messages.get(m.id) ?? []),
      people: messages.map((m) => person(m.senderId)),
    };
  }

  function find(userId: string, messageId: string): { held: FakeChat; message: Message } {
    for (const held of server.chats().values()) {
      const message = held.messages.get(messageId);
      if (message && held.members.get(userId)?.isIn) return { held, message };
    }
    return fail('NOT_FOUND');
  }

  function noteEffect(text: string): void {
    const { effects } = server.book();
    effects.set(text, (effects.get(text) ?? 0) + 1);
  }

  return {
    send(userId: string, { id, chatId, text, replyToId = null }: SendInput) {
      const original = server.book().originals.get(id);
      if (original) {
        const isSame = original.senderId === userId && original.chatId === chatId && original.text === text;
        return isSame ? answer(userId, chatId, [original]) : fail('CONFLICT');
      }
      const held = chatOf(userId, chatId);
      const seq = held.messages.size + 1;
      const message: Message = {
        ...{ id, chatId, seq, version: 0, senderId: userId, kind: 'text', text, replyToId },
        ...{ createdAt: TIME, editedAt: null, deletedAt: null, textStamp: 0 },
      };
      server.book().originals.set(id, { ...message, version: held.version + 1 });
      noteEffect(text);
      const row = server.accountOf(userId).rows.get(chatId) ?? fail('NOT_FOUND');
      const isClear = seq - 1 - row.readSeq - row.own === 0;
      setAccountRow(userId, chatId, {
        ...(isClear ? { readSeq: seq, own: 0 } : { own: row.own + 1 }),
        last: seq,
      });
      commit(held, () => ({ messages: [message] }));
      return answer(userId, chatId, [message]);
    },
    edit(userId: string, input: { id: string; text: string; stamp: number }) {
      const { held, message } = find(userId, input.id);
      const { text, stamp: textStamp } = input;
      server.book().received.add(text);
      if (!message.deletedAt && textStamp > message.textStamp) {
        noteEffect(text);
        commit(held, () => ({ messages: [{ ...message, text, textStamp, editedAt: TIME }] }));
      }
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
      if (readSeq > (server.accountOf(userId).rows.get(input.chatId)?.readSeq ?? 0)) {
        const own = server.countOwn(held, userId, readSeq);
        setAccountRow(userId, input.chatId, { readSeq, own, last: held.messages.size });
        const member = held.members.get(userId) ?? fail('NOT_FOUND');
        commit(held, () => ({ members: [{ ...member, readSeq }] }));
      }
      return answer(userId, input.chatId, []);
    },
    delivered(userId: string, input: { chats: { chatId: string; seq: number }[] }) {
      requests.deliveries.push(userId);
      for (const { chatId, seq } of input.chats) {
        const held = server.chats().get(chatId);
        const member = held?.members.get(userId);
        if (held && member?.isIn && seq > member.deliveredSeq)
          commit(held, () => ({ members: [{ ...member, deliveredSeq: seq }] }));
      }
      return {};
    },
    openDirect(userId: string, input: { personId: string }) {
      const held = server.createDirect(userId, input.personId);
      const delta = deltaSince(held, held.members.get(userId) ?? fail('NOT_FOUND'), 0, person);
      return { delta, answer: answer(userId, held.chat.id, []) };
    },
    history(userId: string, input: RangeInput) {
      const held = chatOf(userId, input.chatId);
      const rows = [...held.messages.values()].filter((m) => m.seq >= input.fromSeq && m.seq <= input.toSeq);
      return { messages: rows, people: rows.map((m) => person(m.senderId)), readAt: held.version };
    },
    sync(userId: string, input: SyncInput) {
      requests.syncs += 1;
      const account = server.accountOf(userId);
      const rows = [...account.rows.values()]
        .filter((row) => row.version > input.account)
        .sort((a, b) => a.version - b.version);
      const page = rows.slice(0, ACCOUNT_ROWS_PER_ANSWER);
      const to = page.length < rows.length ? (page.at(-1)?.version ?? 0) : account.version;
      const since = input.asOf === undefined ? Number.POSITIVE_INFINITY : Number(input.asOf);
      const deltas: ChatDelta[] = [];
      const heads: Record<string, number> = {};
      let hasMore = page.length < rows.length;
      for (const [id, held] of server.chats()) {
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
      const changed = [...server.people().values()].filter((p) => p.changed >= since);
      return {
        databaseId: server.databaseId(),
        account: rows.length > 0 ? { from: input.account, to, chats: page, settings: null } : null,
        ...{ deltas, heads, people: changed.map(({ id }) => person(id)) },
        ...{ asOf: String(server.transactions() + 1), hasMore, serverTime: TIME },
      };
    },
  };
}
