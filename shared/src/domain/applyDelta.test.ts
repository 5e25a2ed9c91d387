import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountChat, Chat, ChatDelta, Message } from '../protocol/entities.ts';
import {
  applyAccountDelta,
  applyDelta,
  applyHistory,
  type CopyHead,
  type Held,
  newerChat,
  onAccountChat,
} from './applyDelta.ts';

describe('applyDelta', () => {
  it('asks sync when something lies between the copy and the delta', () => {
    expect(applyDelta(held(3), delta(4, 5), undefined)).toEqual({ kind: 'gap' });
    expect(applyDelta(undefined, delta(1, 2), undefined)).toEqual({ kind: 'gap' });
  });

  it('does nothing with what the copy has', () => {
    expect(applyDelta(held(5), delta(4, 5), undefined)).toEqual({ kind: 'nothing' });
    expect(applyDelta(held(5), { ...delta(0, 5), isReset: true }, undefined)).toEqual({ kind: 'nothing' });
  });

  it('takes only rows newer than the copy and than the row held', () => {
    const messages = [message('old', 3), message('held', 5), message('new', 6)];
    const change = applyDelta(held(4, { held: 7 }), { ...delta(2, 6), messages }, undefined);
    expect(change).toMatchObject({ kind: 'write', clearUpTo: null, head: { version: 6 } });
    expect(change.kind === 'write' && change.messages.map((m) => m.id)).toEqual(['new']);
  });

  it('replaces the copy on a reset, but for what is newer than the reset', () => {
    const messages = [message('cleared', 3), message('kept', 4)];
    const coming = { ...delta(0, 6), isReset: true, messages };
    const change = applyDelta(held(5, { cleared: 3, kept: 7 }), coming, undefined);
    expect(change).toMatchObject({ kind: 'write', clearUpTo: 6, head: { version: 6, floor: 6 } });
    expect(change.kind === 'write' && change.messages.map((m) => m.id)).toEqual(['cleared']);
  });

  it('starts the list of members over on a reset that does not carry all of them', () => {
    const some = { ...delta(0, 6), isReset: true, hasAllMembers: false };
    expect(applyDelta(held(5), some, undefined)).toMatchObject({ head: { membersUpTo: '' } });
    const all = { ...some, hasAllMembers: true };
    expect(applyDelta(held(5), all, undefined)).toMatchObject({ head: { membersUpTo: null } });
  });

  it('ignores what was sent before one was removed', () => {
    const out = accountRow({ isIn: false, at: 6 });
    expect(applyDelta(undefined, delta(0, 6), out)).toEqual({ kind: 'nothing' });
    expect(applyDelta(undefined, delta(0, 7), out)).toMatchObject({ kind: 'write' });
  });

  it('never takes the version back, whatever comes', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), fc.nat(9), fc.boolean(), (version, from, length, isReset) => {
        const change = applyDelta(held(version), { ...delta(from, from + length), isReset }, undefined);
        if (change.kind === 'write') expect(change.head.version).toBeGreaterThan(version);
      }),
    );
  });
});

describe('newerChat', () => {
  it('takes the fields by row version and never takes the head back', () => {
    const renamed = { ...chat(3), title: 'new', lastSeq: 4 };
    const late = { ...chat(2), title: 'old', lastSeq: 9 };
    expect(newerChat(renamed, late)).toEqual({ ...renamed, lastSeq: 9 });
    expect(newerChat(late, renamed)).toEqual({ ...renamed, lastSeq: 9 });
  });
});

describe('applyHistory', () => {
  it('drops a page that was read before the last reset', () => {
    const page = { messages: [message('one', 1)], readAt: 4 };
    expect(applyHistory({ ...held(9), head: { ...head(9), floor: 5 } }, page)).toBeUndefined();
  });

  it('takes rows newer than those held', () => {
    const page = { messages: [message('one', 1), message('two', 2)], readAt: 9 };
    expect(applyHistory(held(9, { one: 3 }), page)?.messages.map((m) => m.id)).toEqual(['two']);
  });
});

describe('the account', () => {
  it('takes newer rows, and asks when something lies between', () => {
    const versions = new Map([['chat', 5]]);
    const coming = { from: 4, to: 6, chats: [accountRow({ version: 5 })], settings: null };
    expect(applyAccountDelta({ version: 5, versions }, coming)).toEqual({
      kind: 'write',
      version: 6,
      chats: [],
    });
    expect(applyAccountDelta({ version: 3, versions }, coming)).toEqual({ kind: 'gap' });
  });

  it('drops a chat that one has left, and asks for one that one is in', () => {
    const out = accountRow({ isIn: false, at: 6 });
    const back = accountRow({ isIn: true, at: 6 });
    expect(onAccountChat(out, 6)).toBe('drop');
    expect(onAccountChat(out, 7)).toBe('keep');
    expect(onAccountChat(out, undefined)).toBe('keep');
    expect(onAccountChat(back, undefined)).toBe('ask');
    expect(onAccountChat(back, 5)).toBe('ask');
    expect(onAccountChat(back, 6)).toBe('keep');
  });
});

const TIME = '2026-01-01T00:00:00.000Z';

function chat(rowVersion: number): Chat {
  return {
    ...{ id: 'chat', kind: 'group', title: null, rowVersion },
    ...{ lastSeq: 0, memberCount: 2, createdAt: TIME },
  };
}

function head(version: number): CopyHead {
  return { chat: chat(1), version, floor: 0, membersUpTo: null };
}

function held(version: number, versions: Record<string, number> = {}): Held {
  return { head: head(version), versions: new Map(Object.entries(versions)) };
}

function delta(from: number, to: number): ChatDelta {
  const rows = { messages: [], members: [], people: [] };
  return { chatId: 'chat', from, to, isReset: false, chat: chat(to), hasAllMembers: true, ...rows };
}

function message(id: string, version: number): Message {
  return {
    ...{ id, chatId: 'chat', seq: version, version, senderId: 'ada', kind: 'text', text: id },
    ...{ replyToId: null, createdAt: TIME, editedAt: null, deletedAt: null, textStamp: 0 },
  };
}

function accountRow(change: Partial<AccountChat>): AccountChat {
  return { chatId: 'chat', version: 1, isIn: true, at: 1, readSeq: 0, own: 0, last: 0, ...change };
}
