import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { type Api, createRefreshMemory } from './api.ts';
import { createTelegramDoor, markersOf } from './telegramDoor.ts';

const ANSWER = { accessToken: 'token' } as SessionAnswer;

/** A door whose server answers with what `outcomes` holds, in order: an error's code, or null for a session. */
function doorOf(outcomes: (string | null)[]) {
  const asked: unknown[] = [];
  const answer = async (what: unknown) => {
    asked.push(what);
    const code = outcomes.shift();
    if (code) throw new ORPCError(code);
    return ANSWER;
  };
  const memory = createRefreshMemory();
  const api = {
    identity: { refresh: () => answer('refresh') },
    telegram: { signIn: answer },
  } as unknown as Pick<Api, 'identity' | 'telegram'>;
  const door = createTelegramDoor({ initData: 'signed', language: 'ru' }, api, memory);
  return { door, asked, memory, gate: () => door.gate.getState() };
}

test('a launch opens a session, and the token that came with it is used from then on', async () => {
  const { door, asked, memory } = doorOf([null, null]);
  await door.refresh();
  memory.write('refresh-token');
  await door.refresh();
  expect(asked).toEqual([{ proof: { initData: 'signed' }, locale: 'ru' }, 'refresh']);
});

test.each([
  ['TELEGRAM_STALE', 'over'],
  ['SESSION_ENDED', 'over'],
  ['TELEGRAM_REFUSED', 'refused'],
  ['NOT_FOUND', 'absent'],
])('%s shuts the door: %s', async (code, is) => {
  const { door, gate } = doorOf([code]);
  await expect(door.refresh()).rejects.toThrow();
  expect(gate()).toEqual({ is });
});

test('without an answer the door stays as it was', async () => {
  const { door, gate } = doorOf(['INTERNAL_SERVER_ERROR']);
  await expect(door.refresh()).rejects.toThrow();
  expect(gate()).toEqual({ is: 'open' });
});

test('a new person is asked for a code until it is right', async () => {
  const { door, gate, asked } = doorOf(['INVITE_WRONG', 'INVITE_WRONG', null]);
  await expect(door.refresh()).rejects.toThrow();
  expect(gate()).toEqual({ is: 'invite', wasWrong: false });
  expect(await door.enter('guess')).toBeNull();
  expect(gate()).toEqual({ is: 'invite', wasWrong: true });
  expect(await door.enter('right')).toBe(ANSWER);
  expect(gate()).toEqual({ is: 'open' });
  expect(asked.at(-1)).toMatchObject({ inviteCode: 'right' });
});

test('each Telegram user has markers of their own', () => {
  const held = new Map<string, string>();
  const storage = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
  markersOf(storage, '1').setItem('ahoy:signed-in', 'anna');
  expect(markersOf(storage, '1').getItem('ahoy:signed-in')).toBe('anna');
  expect(markersOf(storage, '2').getItem('ahoy:signed-in')).toBeNull();
  expect(storage.getItem('ahoy:signed-in')).toBeNull();
});
