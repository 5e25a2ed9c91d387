import { expect, it, vi } from 'vitest';
import { createRoomNews } from './roomNews.ts';

const STANDING = { chatId: 'room', state: 'waiting', title: 'Crew', media: 'video' } as const;

it('keeps the last word on how I stand, and forgets it when words may have been missed', () => {
  const { store, hear, connected } = createRoomNews(() => undefined);
  hear({ kind: 'standing', standing: STANDING });
  hear({ kind: 'standing', standing: { ...STANDING, state: 'in' } });
  expect(store.getState().standings).toEqual({ room: { ...STANDING, state: 'in' } });
  connected();
  expect(store.getState()).toEqual({ standings: {}, round: 1 });
});

it('begins a round when somebody comes to the door, and tells the call all it hears', () => {
  const tellCalls = vi.fn();
  const { store, hear, forget } = createRoomNews(tellCalls);
  hear({ kind: 'waiting', chatId: 'room', waiting: 1 });
  hear({ kind: 'mute', chatId: 'room', byId: 'ada' });
  expect(store.getState().round).toBe(1);
  expect(tellCalls.mock.calls.map(([news]) => news.kind)).toEqual(['waiting', 'mute']);
  forget();
  expect(store.getState()).toEqual({ standings: {}, round: 0 });
});
