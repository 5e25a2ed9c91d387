import { declarativePush } from '@ahoy/shared/domain/declarativePush.ts';
import { createId } from '@ahoy/shared/domain/ids.ts';
import { type Notice, type PushPayload, pushPayload } from '@ahoy/shared/protocol/notifications.ts';
import { describe, expect, it } from 'vitest';
import { parsePush } from './parsePush.ts';

const TIME = '2026-01-01T00:00:00.000Z';
const [chatId, callId] = [createId(), createId()];
const CALL = { callId, chatId, callerId: createId(), callerName: 'Ada', media: 'video', seq: 4 } as const;
const NOTICES: Notice[] = [
  {
    ...{ kind: 'message', chatId, messageId: createId(), seq: 3, chatTitle: null, senderId: createId() },
    ...{ senderName: 'Ada', text: null, sentAt: TIME, isSilent: false },
  },
  { kind: 'call', ...CALL, ringsUntil: TIME },
  { kind: 'callOver', ...CALL, how: 'declinedElsewhere' },
  { kind: 'test', testId: createId() },
];
const payloadOf = (notice: Notice): PushPayload => ({
  ...{ userId: createId(), unread: 2, read: [{ chatId, seq: 2 }], notice },
});

describe('a push', () => {
  it.each(NOTICES.map((notice) => [notice.kind, notice] as const))(
    'of a %s is understood in both forms, as the schema has it',
    (_, notice) => {
      const payload = payloadOf(notice);
      const sent: unknown = JSON.parse(JSON.stringify(payload));
      expect(pushPayload.parse(sent)).toEqual(payload);
      expect(parsePush(sent)).toEqual(payload);
      const wrapped = declarativePush(payload, { origin: 'https://ahoy.test', language: 'en' });
      expect(parsePush(JSON.parse(JSON.stringify(wrapped)))).toEqual(payload);
    },
  );

  it('that lacks something, has it of another type, or is of a kind to come, is not', () => {
    for (const notice of NOTICES) {
      const whole = payloadOf(notice);
      for (const name of Object.keys(notice)) {
        expect(parsePush({ ...whole, notice: { ...notice, [name]: undefined } }), name).toBeNull();
        expect(parsePush({ ...whole, notice: { ...notice, [name]: {} } }), name).toBeNull();
      }
      for (const name of Object.keys(whole)) expect(parsePush({ ...whole, [name]: null }), name).toBeNull();
      expect(parsePush({ ...whole, notice: { ...notice, kind: 'poll' } })).toBeNull();
      expect(parsePush({ ...whole, notice: { ...notice, kind: 'constructor' } })).toBeNull();
    }
    for (const odd of [null, 7, '', [], {}, { web_push: 8030 }, { web_push: 8030, notification: null }])
      expect(parsePush(odd)).toBeNull();
  });
});
