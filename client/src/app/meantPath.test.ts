import { answerPath } from '@ahoy/shared/domain/noticeText.ts';
import { expect, it } from 'vitest';
import { parseMeant } from './meantPath.ts';

it.each([
  [
    answerPath({ callId: 'call', chatId: 'chat', media: 'video' }),
    { kind: 'answer', callId: 'call', chatId: 'chat', media: 'video' },
  ],
  ['/call-back/chat?media=audio', { kind: 'callBack', chatId: 'chat', media: 'audio' }],
  ['/answer/call?media=audio', null],
  ['/answer/?chat=chat', null],
  ['/answer/call/more?chat=chat', null],
  ['/chats/chat', null],
  ['/', null],
])('%s', (path, meant) => {
  expect(parseMeant(path)).toEqual(meant);
});
