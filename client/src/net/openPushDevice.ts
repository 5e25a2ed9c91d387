import { browserOf, readBrowserSigns } from '../browserOf.ts';
import type { Commands } from '../offline/outbox.ts';
import type { Calls } from '../rtc/callSnapshot.ts';
import type { Telegram } from '../telegram/telegram.ts';
import type { Api } from './api.ts';
import { PUSH_LOCK, withLock } from './locks.ts';
import { createPushBrowser } from './pushBrowser.ts';
import { createPushDevice, type PushDevicePart } from './pushDevice.ts';
import { isPushKey } from './pushMemory.ts';

/** Pushing to the device that shows this page; where it runs inside Telegram, none. */
export function openPushDevice(
  api: () => Api['notifications'],
  page: Window & typeof globalThis,
  telegram: Telegram | null,
): PushDevicePart {
  const browser = createPushBrowser(page, browserOf(readBrowserSigns(page)));
  const part = createPushDevice({
    api,
    // Inside Telegram the bot tells what a push would.
    browser: telegram ? { ...browser, obstacle: () => 'unsupported' } : browser,
    storage: page.localStorage,
    withLock: (task) => withLock(PUSH_LOCK, task),
    now: Date.now,
  });
  // Switched on or off in another tab.
  const hear = ({ key }: StorageEvent) => {
    if (key !== null && isPushKey(key)) void part.check();
  };
  page.addEventListener('storage', hear);
  return {
    ...part,
    noteUse() {
      part.noteUse();
      telegram?.writing.noteUse();
    },
    stop() {
      page.removeEventListener('storage', hear);
      part.stop();
    },
  };
}

/** The same commands; who sends a message has begun to use the app. */
export function noteMessages(commands: Commands, { noteUse }: PushDevicePart): Commands {
  return {
    ...commands,
    async send(...message) {
      const messageId = await commands.send(...message);
      noteUse();
      return messageId;
    },
  };
}

/** Who is in a call uses the app, too. Returns how to stop. */
export function noteCalls({ store }: Calls, { noteUse }: PushDevicePart): () => void {
  return store.subscribe(({ session }) => {
    if (session) noteUse();
  });
}
