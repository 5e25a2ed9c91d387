import { createId } from '@ahoy/shared/domain/ids.ts';
import type { Call } from '@ahoy/shared/protocol/calls.ts';
import type { AccountChat } from '@ahoy/shared/protocol/entities.ts';
import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createMemoryCopy } from '../offline/memoryCopy.ts';
import type { CallsState } from '../rtc/callSnapshot.ts';
import type { NoticeData } from './noticeData.ts';
import { createShownNotices } from './shownNotices.ts';

const NOW = Date.parse('2026-01-01T00:00:00.000Z');
const PARTS = { userId: 'me', chatId: 'chat' } as const;

describe('while a page is open', () => {
  it('what is read is gone from the screen, here or elsewhere, and what is not stays', async () => {
    const { copy, show, isShown, notices } = setUp();
    show({ ...PARTS, kind: 'message', path: '/', seq: 3, count: 1, lines: [] });
    notices.enter('me');
    await copy.transaction((tx) => tx.putAccountChats([account(2)]));
    notices.look();
    await copy.read(async () => undefined);
    expect(isShown('message')).toBe(true);
    await copy.transaction((tx) => tx.putAccountChats([account(3)]));
    notices.look();
    await vi.waitFor(() => expect(isShown('message')).toBe(false));
  });

  it('what was read here counts before the server knows', async () => {
    const { copy, show, isShown, notices } = setUp();
    show({ ...PARTS, kind: 'message', path: '/', seq: 3, count: 1, lines: [] });
    notices.enter('me');
    await copy.transaction((tx) =>
      tx.addCommand({
        ...{ id: 'read', chatId: 'chat', kind: 'read', seq: 3, writtenAt: new Date(NOW).toISOString() },
        ...{ isAttempted: false, state: 'waiting', tries: 0, retryAt: null, reason: null },
      }),
    );
    await vi.waitFor(() => {
      notices.look();
      expect(isShown('message')).toBe(false);
    });
  });

  it('a call that rings no more is not announced any longer; a missed one is', async () => {
    const { calls, show, isShown, notices } = setUp();
    const call = { callId: 'call', media: 'audio', ...PARTS } as const;
    show({ ...call, kind: 'call', path: '/calls', ringsUntil: new Date(NOW + 60_000).toISOString() });
    show({ ...call, kind: 'callOver', callId: 'other', path: '/' });
    notices.enter('me');
    calls.setState({ ringing: [{ call: { id: 'call' } as Call, ringsUntil: NOW + 60_000 }] });
    expect(isShown('call')).toBe(true);
    calls.setState({ ringing: [] });
    await vi.waitFor(() => expect(isShown('call')).toBe(false));
    expect(isShown('callOver')).toBe(true);
  });

  it('a missed call goes when its chat is read; one of an older version stays until it is touched', async () => {
    const { copy, show, isShown, notices } = setUp();
    const over = { ...PARTS, kind: 'callOver', callId: 'call', media: 'audio', path: '/' } as const;
    show({ ...over, seq: 3 });
    notices.enter('me');
    await copy.transaction((tx) => tx.putAccountChats([account(2)]));
    notices.look();
    await copy.read(async () => undefined);
    expect(isShown('callOver')).toBe(true);
    await copy.transaction((tx) => tx.putAccountChats([account(3)]));
    notices.look();
    await vi.waitFor(() => expect(isShown('callOver')).toBe(false));
    show(over);
    show({ ...PARTS, kind: 'message', path: '/', seq: 3, count: 1, lines: [] });
    notices.look();
    await vi.waitFor(() => expect(isShown('message')).toBe(false));
    expect(isShown('callOver')).toBe(true);
  });

  it('a call that everybody forgot is cleared away', async () => {
    const { show, isShown, notices } = setUp();
    const ringsUntil = new Date(NOW - 60_000).toISOString();
    show({ ...PARTS, kind: 'call', callId: 'call', media: 'audio', path: '/calls', ringsUntil });
    notices.enter('me');
    await vi.waitFor(() => {
      notices.look();
      expect(isShown('call')).toBe(false);
    });
  });
});

it('nothing of a person stays on the screen after signing out', async () => {
  const { show, isShown, notices, badges } = setUp();
  show({ ...PARTS, kind: 'message', path: '/', seq: 3, count: 1, lines: [] });
  notices.enter('me');
  notices.leave();
  await vi.waitFor(() => expect(isShown('message')).toBe(false));
  expect(badges.at(-1)).toBe(0);
});

function setUp() {
  const copy = createMemoryCopy(createId);
  const held = new Set<NoticeData>();
  const badges: number[] = [];
  const calls = createStore<CallsState>(() => ({
    ...{ ringing: [], elsewhere: null, session: null, isMinimised: false, refusal: null },
  }));
  const notices = createShownNotices({
    ...{ copy, calls, now: () => NOW },
    shown: async () => [...held].map((data) => ({ data, close: () => void held.delete(data) })),
    setBadge: async (unread) => void badges.push(unread),
  });
  return {
    ...{ copy, calls, notices, badges },
    show: (data: NoticeData) => void held.add(data),
    isShown: (kind: NoticeData['kind']) => [...held].some((data) => data.kind === kind),
  };
}

function account(readSeq: number): AccountChat {
  return { chatId: 'chat', version: readSeq, isIn: true, at: 1, readSeq, own: 0, last: readSeq };
}
