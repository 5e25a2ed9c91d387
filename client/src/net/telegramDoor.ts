import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import { createStore } from 'zustand/vanilla';
import type { ReadonlyStore } from '../readonlyStore.ts';
import type { Telegram } from '../telegram/telegram.ts';
import type { Api, RefreshMemory } from './api.ts';
import { toFailure } from './failure.ts';

/**
 * Why the app inside Telegram does not open. `invite`: a new person needs a code. `over`: this launch is too old, or its
 * session has ended. `refused`: the server does not believe it. `absent`: the server has no bot.
 */
export type Gate =
  | { is: 'open' }
  | { is: 'invite'; wasWrong: boolean }
  | { is: 'over' }
  | { is: 'refused' }
  | { is: 'absent' };

export type TelegramDoor = {
  gate: ReadonlyStore<Gate>;
  /** A session by the token in memory; without one, by what Telegram signed. */
  refresh: () => Promise<SessionAnswer>;
  /** A new person's way in; the gate tells whether the code was right. Rejects when the server cannot be reached. */
  enter: (inviteCode: string) => Promise<SessionAnswer | null>;
};

/** Opens the app without a form. */
export function createTelegramDoor(
  telegram: Pick<Telegram, 'initData' | 'language'>,
  api: Pick<Api, 'identity' | 'telegram'>,
  memory: RefreshMemory,
): TelegramDoor {
  const gate = createStore<Gate>(() => ({ is: 'open' }));

  async function signIn(inviteCode?: string): Promise<SessionAnswer> {
    const proof = { initData: telegram.initData };
    return api.telegram.signIn({ proof, locale: telegram.language, ...(inviteCode && { inviteCode }) });
  }

  function shut(error: unknown, hadCode: boolean): void {
    const why = gateFor(toFailure(error).code, hadCode);
    if (why) gate.setState(why, true);
  }

  return {
    gate,
    async refresh() {
      try {
        return await (memory.read() === null ? signIn() : api.identity.refresh({}));
      } catch (error) {
        shut(error, false);
        throw error;
      }
    },
    async enter(inviteCode) {
      try {
        const answer = await signIn(inviteCode);
        gate.setState({ is: 'open' }, true);
        return answer;
      } catch (error) {
        shut(error, true);
        if (gateFor(toFailure(error).code, true)) return null;
        throw error;
      }
    },
  };
}

function gateFor(code: string, hadCode: boolean): Gate | null {
  switch (code) {
    case 'INVITE_WRONG':
      return { is: 'invite', wasWrong: hadCode };
    case 'TELEGRAM_STALE':
    case 'SESSION_ENDED':
      return { is: 'over' };
    case 'TELEGRAM_REFUSED':
    case 'BAD_REQUEST':
      return { is: 'refused' };
    case 'NOT_FOUND':
      return { is: 'absent' };
    default:
      return null;
  }
}

/** The same storage, in which each Telegram user has markers of their own: nothing of one is shown to another. */
export function markersOf(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  telegramUserId: string,
): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const keyOf = (key: string) => `${key}:telegram:${telegramUserId}`;
  return {
    getItem: (key) => storage.getItem(keyOf(key)),
    setItem: (key, value) => storage.setItem(keyOf(key), value),
    removeItem: (key) => storage.removeItem(keyOf(key)),
  };
}
