import { SOCKET } from '@ahoy/shared/protocol/socketLimits.ts';
import { createStore } from 'zustand/vanilla';
import type { ReadonlyStore } from '../readonlyStore.ts';

/** Ids of the people who type, by chat. */
export type TypingState = { chats: Readonly<Record<string, readonly string[]>> };

export type TypingBook = {
  store: ReadonlyStore<TypingState>;
  /** Call it at every keystroke: it reaches the server only as often as others need. */
  sendTyping: (chatId: string) => void;
  hear: (typing: { chatId: string; personId: string }) => void;
  /** Their message came, so they type no longer. */
  stopped: (chatId: string, personId: string) => void;
  forget: () => void;
};

/** Who is typing where. A sign expires by itself. */
export function createTyping(options: { send: (chatId: string) => void; now: () => number }): TypingBook {
  const store = createStore<TypingState>(() => ({ chats: {} }));
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const sentAt = new Map<string, number>();

  function set(chatId: string, people: readonly string[]): void {
    const { [chatId]: _, ...others } = store.getState().chats;
    store.setState({ chats: people.length > 0 ? { ...others, [chatId]: people } : others });
  }

  function stopped(chatId: string, personId: string): void {
    const key = `${chatId} ${personId}`;
    if (!timers.has(key)) return;
    clearTimeout(timers.get(key));
    timers.delete(key);
    set(
      chatId,
      (store.getState().chats[chatId] ?? []).filter((id) => id !== personId),
    );
  }

  return {
    store,
    sendTyping(chatId) {
      const at = options.now();
      if (at - (sentAt.get(chatId) ?? Number.NEGATIVE_INFINITY) < SOCKET.typingRepeatMs) return;
      sentAt.set(chatId, at);
      options.send(chatId);
    },
    hear({ chatId, personId }) {
      const key = `${chatId} ${personId}`;
      if (timers.has(key)) clearTimeout(timers.get(key));
      else set(chatId, [...(store.getState().chats[chatId] ?? []), personId]);
      timers.set(
        key,
        setTimeout(() => stopped(chatId, personId), SOCKET.typingShownMs),
      );
    },
    stopped,
    forget() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      store.setState({ chats: {} });
    },
  };
}
