import type { Language } from '../i18n/language.ts';
import type { ReadonlyStore } from '../readonlyStore.ts';
import type { BackStack } from './backStack.ts';
import type { StartWay } from './startPath.ts';
import type { Scheme } from './themeVariables.ts';

export type Haptic = 'tap' | 'success' | 'error';

export type MainButton = { text: string; isActive: boolean; isBusy: boolean; onPress: () => void };

/** What the app can do because it runs inside Telegram. What a client's version does not know is null, or does nothing. */
export type Telegram = {
  /** As Telegram signed it: proves who opened the app. */
  initData: string;
  /** Whom the launch names; empty when it names nobody. Keeps apart what the device remembers of different people. */
  userId: string;
  language: Language;
  platform: string;
  /** Where a link or a button of the bot's leads; the first who asks gets it. */
  takeStart: () => StartWay;
  scheme: ReadonlyStore<{ scheme: Scheme }>;
  /** Where each question for a camera is put to the person anew, one that is switched off stays open. */
  asksForDevicesEachTime: boolean;
  back: BackStack;
  /** Telegram's large button below the app; null: none. Returns whether there is such a button. */
  setMainButton: (button: MainButton | null) => boolean;
  haptic: (kind: Haptic) => void;
  /** Asks before it is closed. */
  setClosingConfirmed: (isOn: boolean) => void;
  /** Whether a swipe downwards closes or shrinks the app. */
  setSwipes: (areOn: boolean) => void;
  setFullscreen: (isOn: boolean) => void;
  /** In the browser, outside Telegram. */
  openLink: (url: string) => void;
  /** Hands it to Telegram, which asks in which chat to put it. */
  shareLink: (url: string, text: string) => void;
  /** Reads a QR code; resolves with null when the person changes their mind. */
  scanQr: (() => Promise<string | null>) | null;
  /** May the bot write? null: it may already, or this client cannot ask. */
  askForWriting: (() => Promise<boolean>) | null;
  close: () => void;
};
