import { describe, expect, it } from 'vitest';
import type { Notice, PushPayload } from '../protocol/notifications.ts';
import { declarativePush } from './declarativePush.ts';
import { noticePath, noticeText } from './noticeText.ts';

const MESSAGE: Notice = {
  ...{ kind: 'message', chatId: 'chat', messageId: 'message', seq: 3, chatTitle: null, senderId: 'ada' },
  ...{ senderName: 'Ada', text: 'Hello', sentAt: '2026-01-01T00:00:00.000Z', isSilent: true },
};
const CALL: Notice = {
  ...{ kind: 'call', callId: 'call', chatId: 'chat', callerId: 'ada', callerName: 'Ada', media: 'video' },
  seq: 4,
  ringsUntil: '2026-01-01T00:01:00.000Z',
};
const OVER: Notice = {
  ...{ kind: 'callOver', callId: 'call', chatId: 'chat', callerId: 'ada', callerName: 'Ada' },
  ...{ media: 'audio', seq: 4, how: 'missed' },
};

describe('what a notice says', () => {
  it('names the sender, and in a chat with a title both', () => {
    expect(noticeText(MESSAGE, 'en')).toEqual({ title: 'Ada', body: 'Hello' });
    const inGroup: Notice = { ...MESSAGE, chatTitle: 'Crew' };
    expect(noticeText(inGroup, 'ru')).toEqual({ title: 'Crew', body: 'Ada: Hello' });
  });
  it('tells nothing of the text where previews are hidden', () => {
    expect(noticeText({ ...MESSAGE, text: null }, 'ru').body).toBe('Новое сообщение');
  });
  it('says what rings and what became of it', () => {
    expect(noticeText(CALL, 'en')).toEqual({ title: 'Ada', body: 'Incoming video call' });
    expect(noticeText(OVER, 'en').body).toBe('Missed voice call');
    expect(noticeText({ ...OVER, how: 'answeredElsewhere' }, 'ru').body).toBe(
      'Отвечено на другом устройстве',
    );
  });
  it('leads to the message, to the chat of a missed call, and for a ringing call to the app', () => {
    expect([MESSAGE, OVER, CALL].map(noticePath)).toEqual([
      ...['/chats/chat?message=message', '/chats/chat', '/calls'],
    ]);
  });
});

describe('the declarative form', () => {
  it('carries the payload, the badge and an absolute address', () => {
    const payload: PushPayload = { userId: 'bob', unread: 4, read: [], notice: MESSAGE };
    expect(declarativePush(payload, { origin: 'https://ahoy.test', language: 'en' })).toEqual({
      web_push: 8030,
      notification: {
        ...{ title: 'Ada', body: 'Hello', lang: 'en', dir: 'auto', tag: 'chat:chat', silent: true },
        ...{ navigate: 'https://ahoy.test/chats/chat?message=message', data: payload },
      },
      app_badge: 4,
      mutable: true,
    });
  });
});
