import { createStore } from 'zustand/vanilla';
import type { Bridge } from './bridge.ts';
import type { WritingQuestion } from './telegram.ts';

export type WritingParts = {
  bridge: Pick<Bridge, 'tell' | 'on' | 'can'>;
  /** As the launch says. */
  canBotWrite: boolean;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
};

const KEY = 'ahoy:telegram-writing';
/** A client that never answers is taken for a no. */
const ANSWER_WITHIN_MS = 120_000;

/** Asked once, and not before the person has written or called: then it explains itself. */
export function createWritingQuestion({ bridge, canBotWrite, storage }: WritingParts): WritingQuestion {
  const { tell, on } = bridge;
  const isPossible = !canBotWrite && bridge.can('web_app_request_write_access');
  const store = createStore<{ isDue: boolean }>(() => ({ isDue: false }));

  function settle(): void {
    storage.setItem(KEY, 'asked');
    store.setState({ isDue: false });
  }

  return {
    store,
    async ask() {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => resolve(false), ANSWER_WITHIN_MS);
      const stop = on('write_access_requested', ({ status }) => resolve(status === 'allowed'));
      tell('web_app_request_write_access');
      const isAllowed = await promise;
      clearTimeout(timer);
      stop();
      settle();
      return isAllowed;
    },
    putOff: settle,
    noteUse() {
      if (isPossible && storage.getItem(KEY) === null) store.setState({ isDue: true });
    },
  };
}
