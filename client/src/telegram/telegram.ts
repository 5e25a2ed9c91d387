import type { Language } from '../i18n/language.ts';
import type { ReadonlyStore } from '../readonlyStore.ts';
import type { BackStack } from './backStack.ts';
import type { Scheme } from './themeVariables.ts';

/** Whether the bot may write. */
export type WritingQuestion = {
  /** The person has used the app, and the bot may not write yet. */
  store: ReadonlyStore<{ isDue: boolean }>;
  /** Telegram asks; resolves with the answer. */
  ask: () => Promise<boolean>;
  putOff: () => void;
  /** A message was written, or a call begun. */
  noteUse: () => void;
};

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
  /** The call that the bot's button answers; the first who asks gets it. */
  takeAnswered: () => string | null;
  scheme: ReadonlyStore<{ scheme: Scheme }>;
  /** Where each question for a camera is put to the person anew, one that is switched off stays open. */
  asksForDevicesEachTime: boolean;
  back: BackStack;
  /** Telegram's large button below the app; null: none. */
  setMainButton: (button: MainButton | null) => void;
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
  writing: WritingQuestion;
  close: () => void;
};
