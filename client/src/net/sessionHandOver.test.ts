import type { SessionAnswer } from '@ahoy/shared/protocol/entities.ts';
import { expect, it } from 'vitest';
import type { SessionNews } from './sessionChannel.ts';
import { keepSession } from './sessionHandOver.ts';

const ANSWER = { accessToken: 'fresh', expiresInSeconds: 900, sessionId: 'session' } as SessionAnswer;

it('the worker hands over a session for as long as it is good, with the time that is left', () => {
  let now = 0;
  const posted: SessionNews[] = [];
  const channel = { post: (news: SessionNews) => void posted.push(news), listen: () => () => undefined };
  const keeper = keepSession(channel, () => now);
  expect(keeper.held()).toBeNull();
  keeper.channel.post({ kind: 'refreshed', answer: ANSWER });
  expect(posted).toHaveLength(1);
  now = 600_000;
  expect(keeper.held()).toMatchObject({ accessToken: 'fresh', expiresInSeconds: 300 });
  now = 850_000;
  expect(keeper.held()).toBeNull();
});

it('what a page says counts for the worker, and after signing out nothing is left', () => {
  let hear: (news: SessionNews) => void = () => undefined;
  const listen = (listener: (news: SessionNews) => void) => {
    hear = listener;
    return () => undefined;
  };
  const keeper = keepSession({ post: () => undefined, listen }, () => 0);
  hear({ kind: 'refreshed', answer: ANSWER });
  expect(keeper.held()?.accessToken).toBe('fresh');
  hear({ kind: 'signedOut', endedBy: 'user' });
  expect(keeper.held()).toBeNull();
});
