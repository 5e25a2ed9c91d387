import type { Command } from '@ahoy/shared/domain/command.ts';
import { describe, expect, it } from 'vitest';
import { type Around, waitStateOf } from './waitState.ts';

const NOW = 1_000_000;
const SOON = NOW + 30_000;

describe('why a command waits', () => {
  it('is on its way when nothing holds it, and queued behind another of its chat', () => {
    expect(waitStateOf(command(), around())).toEqual({ kind: 'sending' });
    expect(waitStateOf(command(), around({ isNext: false }))).toEqual({ kind: 'queued' });
    expect(waitStateOf(command(), around({ connection: 'connecting' }))).toEqual({ kind: 'connecting' });
  });

  it('names the missing network before anything else', () => {
    const pause = { until: SOON, isAskedByServer: true };
    expect(waitStateOf(command(), around({ connection: 'offline', pause }))).toEqual({ kind: 'offline' });
  });

  it('tells what the server asked for from what this device chose', () => {
    const asked = { until: SOON, isAskedByServer: true };
    const own = { until: SOON, isAskedByServer: false };
    expect(waitStateOf(command(), around({ pause: asked }))).toEqual({ kind: 'asked', until: SOON });
    expect(waitStateOf(command({ reason: 'SERVICE_UNAVAILABLE' }), around({ pause: own }))).toEqual({
      ...{ kind: 'trouble', until: SOON, reason: 'SERVICE_UNAVAILABLE' },
    });
    const failing = command({ retryAt: SOON, reason: 'INTERNAL_SERVER_ERROR' });
    expect(waitStateOf(failing, around())).toMatchObject({ kind: 'trouble', until: SOON });
  });

  it('believes no time that is over, or that another clock has noted', () => {
    for (const until of [NOW - 1, NOW + 365 * 86_400_000]) {
      const pause = { until, isAskedByServer: true };
      expect(waitStateOf(command({ retryAt: until }), around({ pause }))).toEqual({ kind: 'sending' });
    }
  });
});

function around(change: Partial<Around> = {}): Around {
  return { connection: 'online', pause: null, isNext: true, now: NOW, ...change };
}

function command(change: Partial<Command> = {}): Command {
  const body = { kind: 'send', messageId: 'm', text: 'text', replyToId: null } as const;
  return {
    ...{ id: 'c', chatId: 'chat', writtenAt: '2026-01-01T00:00:00.000Z', isAttempted: true },
    ...{ state: 'waiting', tries: 0, retryAt: null, reason: null },
    ...change,
    ...body,
  } as Command;
}
