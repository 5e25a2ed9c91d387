import { describe, expect, it } from 'vitest';
import { type NoticeData, toNoticeData } from '../../net/noticeData.ts';
import { type ClickAct, planClick } from './clickNotice.ts';

const MESSAGE: NoticeData = {
  ...{ kind: 'message', userId: 'me', chatId: 'chat', path: '/chats/chat?message=m1' },
  ...{ seq: 4, count: 1, lines: [{ seq: 4, text: 'one', messageId: 'm1' }] },
};
const PARTS = { userId: 'me', callId: 'call', chatId: 'chat', media: 'video' } as const;
const CALL: NoticeData = { ...PARTS, kind: 'call', path: '/calls', ringsUntil: '2026-01-01T00:01:00.000Z' };
const MISSED: NoticeData = { ...PARTS, kind: 'callOver', path: '/chats/chat' };
const open = (path: string, isMeant = false): ClickAct => ({ kind: 'open', path, isMeant });

describe('a click', () => {
  it.each<[string, string, string | null, NoticeData | null, ClickAct]>([
    ['on a message', '', null, MESSAGE, open('/chats/chat?message=m1')],
    ['on its read', 'read', null, MESSAGE, { kind: 'read', userId: 'me', chatId: 'chat', seq: 4 }],
    [
      ...(['on its reply', 'reply', ' Hi ', MESSAGE] as const),
      { kind: 'reply', userId: 'me', chatId: 'chat', seq: 4, text: 'Hi' },
    ],
    [
      ...(['on its reply, which Linux does not name', '', 'Hi', MESSAGE] as const),
      { kind: 'reply', userId: 'me', chatId: 'chat', seq: 4, text: 'Hi' },
    ],
    ['on its reply without a field', 'reply', null, MESSAGE, open('/chats/chat?message=m1')],
    ['on its reply with nothing in it', 'reply', '  ', MESSAGE, open('/chats/chat?message=m1')],
    ['on a call', '', null, CALL, open('/calls')],
    ['on its answer', 'answer', null, CALL, open('/answer/call?chat=chat&media=video', true)],
    ['on its decline', 'decline', null, CALL, { kind: 'decline', userId: 'me', callId: 'call' }],
    ['on a missed call', '', null, MISSED, open('/chats/chat')],
    ['on its call back', 'callBack', null, MISSED, open('/call-back/chat?media=video', true)],
    ['on its message', 'open', null, MISSED, open('/chats/chat')],
    ['on what an older version has shown', 'answer', null, null, open('/')],
  ])('%s', (_, action, reply, data, act) => {
    expect(planClick({ action, reply, data })).toEqual(act);
  });
});

it('what is kept with a notification is known again, and of another version only what is whole', () => {
  for (const data of [MESSAGE, CALL, MISSED]) expect(toNoticeData(structuredClone(data))).toEqual(data);
  for (const odd of [null, 'x', {}, { kind: 'message', path: '/' }, { kind: 'poll', path: '/' }])
    expect(toNoticeData(odd)).toBeNull();
});
