import type { Notice, PushPayload } from '@ahoy/shared/protocol/notifications.ts';

type Guard = (value: unknown) => boolean;
type Fields = Readonly<Record<string, Guard>>;

const isText: Guard = (value) => typeof value === 'string';
const isTextOrNull: Guard = (value) => value === null || isText(value);
const isCount: Guard = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isFlag: Guard = (value) => typeof value === 'boolean';
const isTime: Guard = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const isMedia = oneOf('audio', 'video');

const CALL: Fields = {
  ...{ callId: isText, chatId: isText, callerId: isText, callerName: isText, media: isMedia },
  seq: isCount,
};
const NOTICES: Readonly<Record<Notice['kind'], Fields>> = {
  message: {
    ...{ chatId: isText, messageId: isText, seq: isCount, chatTitle: isTextOrNull, senderId: isText },
    ...{ senderName: isText, text: isTextOrNull, sentAt: isTime, isSilent: isFlag },
  },
  call: { ...CALL, ringsUntil: isTime },
  callOver: { ...CALL, how: oneOf('missed', 'answeredElsewhere', 'declinedElsewhere') },
  knock: {
    ...{ chatId: isText, chatTitle: isText, personId: isText, personName: isText },
    ...{ waiting: isCount, sentAt: isTime },
  },
  test: { testId: isText },
};
const READ: Fields = { chatId: isText, seq: isCount };

/**
 * What was pushed, in the classic form or in the declarative one (`declarativePush.ts`); null for what this version does
 * not understand. The schemas themselves would make the worker several times as large.
 */
export function parsePush(json: unknown): PushPayload | null {
  const wrapped = isRecord(json) && json.web_push === 8030 && isRecord(json.notification);
  const payload = wrapped && isRecord(json.notification) ? json.notification.data : json;
  return isPayload(payload) ? payload : null;
}

function isPayload(value: unknown): value is PushPayload {
  if (!isRecord(value) || !has(value, { userId: isText, unread: isCount })) return false;
  const { read, notice } = value;
  if (!Array.isArray(read) || !read.every((each) => isRecord(each) && has(each, READ))) return false;
  if (!isRecord(notice) || typeof notice.kind !== 'string') return false;
  const fields = Object.hasOwn(NOTICES, notice.kind) ? NOTICES[notice.kind as Notice['kind']] : null;
  return fields !== null && has(notice, fields);
}

function has(value: Record<string, unknown>, fields: Fields): boolean {
  return Object.entries(fields).every(([name, isRight]) => isRight(value[name]));
}

function oneOf(...texts: readonly string[]): Guard {
  return (value) => typeof value === 'string' && texts.includes(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
