import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';

/** What tabs and the worker of one browser tell each other about who is signed in. */
export type SessionNews =
  /** Someone signed in, or has a fresh token: nobody else needs to ask for one. */
  { kind: 'refreshed'; answer: SessionAnswer } | { kind: 'signedOut'; endedBy: 'user' | 'server' };

export type SessionChannel = {
  post: (news: SessionNews) => void;
  /** Returns how to stop. */
  listen: (listener: (news: SessionNews) => void) => () => void;
};

const NAME = 'ahoy-session';

/** Messages stay within this browser profile and origin; nothing of them is stored. */
export function openSessionChannel(): SessionChannel {
  const channel = new BroadcastChannel(NAME);
  return {
    post: (news) => channel.postMessage(news),
    listen(listener) {
      const ending = new AbortController();
      const hear = (event: MessageEvent<SessionNews>) => listener(event.data);
      channel.addEventListener('message', hear, { signal: ending.signal });
      return () => ending.abort();
    },
  };
}
