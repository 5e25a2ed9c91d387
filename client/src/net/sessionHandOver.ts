import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import type { SessionChannel } from './sessionChannel.ts';

/** Pages ask here; a name of its own, since pages of older versions take all on the session's channel for news. */
const NAME = 'ahoy-session-asked';
/** A token that ends sooner is not worth handing over. */
const LEAST_LIFE_MS = 60_000;

export type SessionKeeper = {
  channel: SessionChannel;
  /** null: none is known that is good for a while. */
  held: () => SessionAnswer | null;
};

/**
 * The worker keeps, in its memory, the session that it or a page was given last, and hands it to a page that begins: a
 * page opened by a notification so need not ask the server for what the worker has just got.
 */
export function keepSession(channel: SessionChannel, now: () => number): SessionKeeper {
  let kept: { answer: SessionAnswer; until: number } | null = null;

  const note: SessionChannel['post'] = (news) => {
    kept =
      news.kind === 'refreshed'
        ? { answer: news.answer, until: now() + news.answer.expiresInSeconds * 1_000 }
        : null;
  };

  function held(): SessionAnswer | null {
    const leftMs = kept ? kept.until - now() : 0;
    return kept && leftMs > LEAST_LIFE_MS
      ? { ...kept.answer, expiresInSeconds: Math.floor(leftMs / 1_000) }
      : null;
  }

  channel.listen(note);
  return {
    held,
    channel: {
      ...channel,
      post(news) {
        note(news);
        channel.post(news);
      },
    },
  };
}

/** Answers pages that begin. */
export function handOver({ channel, held }: SessionKeeper): void {
  new BroadcastChannel(NAME).addEventListener('message', () => {
    const answer = held();
    if (answer) channel.post({ kind: 'refreshed', answer });
  });
}

/** A page begins: who holds a session says so on the session's channel. */
export function askForSession(): void {
  const asking = new BroadcastChannel(NAME);
  asking.postMessage('begun');
  asking.close();
}
