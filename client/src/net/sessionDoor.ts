import type { Telegram } from '../telegram/telegram.ts';
import type { Api, RefreshMemory } from './api.ts';
import { REFRESH_LOCK, withLock } from './locks.ts';
import type { SessionOptions } from './session.ts';
import { openSessionChannel, type SessionChannel } from './sessionChannel.ts';
import { createTelegramDoor, markersOf, type TelegramDoor } from './telegramDoor.ts';

/** What can be done inside Telegram, and the door that stands there for the page that signs in. */
export type TelegramPart = Telegram & Pick<TelegramDoor, 'gate' | 'enter'>;

export type SessionDoor = {
  session: Pick<SessionOptions, 'refresh' | 'withLock' | 'storage' | 'channel' | 'isOpenedSignedIn'>;
  telegram: TelegramPart | null;
};

export type SessionDoorParts = {
  /** Asks without an access token. */
  entrance: Api;
  telegram: Telegram | null;
  /** There when `telegram` is. */
  memory: RefreshMemory | undefined;
};

/** Each page inside Telegram has a session in its own memory: there is nothing to tell the others. */
const NO_CHANNEL: SessionChannel = { post: () => undefined, listen: () => () => undefined };

/** Where a session comes from: a cookie, that all tabs share; inside Telegram what Telegram signed, for each page its own. */
export function openSessionDoor({ entrance, telegram, memory }: SessionDoorParts): SessionDoor {
  if (!telegram || !memory) {
    return {
      session: {
        refresh: () => entrance.identity.refresh({}),
        withLock: (task) => withLock(REFRESH_LOCK, task),
        storage: localStorage,
        channel: openSessionChannel(),
      },
      telegram: null,
    };
  }
  const { gate, enter, refresh } = createTelegramDoor(telegram, entrance, memory);
  return {
    session: {
      refresh,
      withLock: (task) => task(),
      storage: markersOf(localStorage, telegram.userId),
      channel: NO_CHANNEL,
      isOpenedSignedIn: true,
    },
    telegram: { ...telegram, gate, enter },
  };
}
