import type { Command } from '@ahoy/shared/domain/command.ts';
import { describe, expect, it } from 'vitest';
import type { Copy, CopyMeta } from '../offline/copy.ts';
import { createMemoryCopy } from '../offline/memoryCopy.ts';
import { askedUntil, clearPauses, takeNext } from './takeNext.ts';

const NOW = 1_000_000_000;
const MINUTE_MS = 60_000;
const NOBODY: ReadonlyMap<string, unknown> = new Map();

describe('what is sent next', () => {
  it('is the first of each chat, and marked as attempted before it leaves', async () => {
    const copy = await copyWith([command('a1', 'a'), command('a2', 'a'), command('b1', 'b')]);
    expect(await takenIds(copy)).toEqual(['a1', 'b1']);
    const marks = await copy.read(async (tx) => (await tx.outbox()).map((c) => c.isAttempted));
    expect(marks).toEqual([true, false, true]);
  });

  it('leaves out chats that are being sent to, failed commands, and more than four chats at once', async () => {
    const failed: Command = { ...command('a1', 'a'), state: 'failed' };
    const copy = await copyWith([
      failed,
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => command(`${id}2`, id)),
    ]);
    const { commands } = await takeNext(copy, new Map([['b', true]]), NOW);
    expect(commands.map((c) => c.id)).toEqual(['a2', 'c2', 'd2']);
  });

  it('is nothing before the first answer of sync', async () => {
    const copy = await copyWith([command('a1', 'a')], { asOf: null });
    expect(await takeNext(copy, NOBODY, NOW)).toEqual({ commands: [], waitMs: null });
  });

  it('waits for the pause of the outbox, and for that of each command', async () => {
    const copy = await copyWith([{ ...command('a1', 'a'), retryAt: NOW + 500 }, command('b1', 'b')]);
    expect(await takeNext(copy, NOBODY, NOW)).toMatchObject({ commands: [{ id: 'b1' }], waitMs: 500 });
    await copy.transaction((tx) => tx.putMeta({ pause: { until: NOW + 900, isAskedByServer: true } }));
    expect(await takeNext(copy, NOBODY, NOW)).toEqual({ commands: [], waitMs: 900 });
    expect(await takeNext(copy, NOBODY, NOW + 900)).toMatchObject({ commands: [{ id: 'a1' }, { id: 'b1' }] });
  });

  it('believes no pause that a clock noted which has been set back since', async () => {
    const until = NOW + 365 * 24 * 60 * MINUTE_MS;
    const pause = { until, isAskedByServer: true };
    const copy = await copyWith([{ ...command('a1', 'a'), retryAt: until }], { pause });
    expect(await takenIds(copy)).toEqual(['a1']);
    expect(askedUntil(pause, NOW)).toBeNull();
    expect(askedUntil({ until: NOW + MINUTE_MS, isAskedByServer: true }, NOW)).toBe(NOW + MINUTE_MS);
    expect(askedUntil({ until: NOW + MINUTE_MS, isAskedByServer: false }, NOW)).toBeNull();
  });

  it('comes at once when the connection is back, unless the server asked to wait', async () => {
    const waiting = { ...command('a1', 'a'), retryAt: NOW + 500 };
    const own = await copyWith([waiting], { pause: { until: NOW + 900, isAskedByServer: false } });
    await clearPauses(own);
    expect(await takenIds(own)).toEqual(['a1']);
    const asked = await copyWith([waiting], { pause: { until: NOW + 900, isAskedByServer: true } });
    await clearPauses(asked);
    expect(await takeNext(asked, NOBODY, NOW)).toEqual({ commands: [], waitMs: 900 });
  });
});

async function takenIds(copy: Copy): Promise<string[]> {
  return (await takeNext(copy, NOBODY, NOW)).commands.map((c) => c.id);
}

async function copyWith(commands: Command[], meta: Partial<CopyMeta> = {}): Promise<Copy> {
  const copy = createMemoryCopy();
  await copy.transaction(async (tx) => {
    await tx.putMeta({ asOf: '1', ...meta });
    for (const each of commands) await tx.addCommand(each);
  });
  return copy;
}

function command(id: string, chatId: string): Command {
  return {
    ...{ id, chatId, kind: 'delete', messageId: `message ${id}`, writtenAt: '2026-01-01T00:00:00.000Z' },
    ...{ isAttempted: false, state: 'waiting', tries: 0, retryAt: null, reason: null },
  };
}
