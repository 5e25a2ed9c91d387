import { z } from 'zod';
import { callMedia } from './calls.ts';
import { id, seq, time } from './fields.ts';
import { telegramNotices } from './telegram.ts';

/** How long a push waits for a sleeping phone, how urgent it is and what it replaces: chosen by kind on the server. */
export const messageNotice = z.object({
  kind: z.literal('message'),
  chatId: id,
  messageId: id,
  seq,
  /** The chat's own title; null in direct chats. */
  chatTitle: z.string().nullable(),
  senderId: id,
  senderName: z.string(),
  /** Shortened; null where previews are hidden. */
  text: z.string().nullable(),
  sentAt: time,
  /** Without a sound: quiet hours. */
  isSilent: z.boolean(),
});

export const callNotice = z.object({
  kind: z.literal('call'),
  callId: id,
  chatId: id,
  callerId: id,
  callerName: z.string(),
  media: callMedia,
  /** Of the message in the chat that tells of it. */
  seq,
  /** By the server's clock; the push may have waited. */
  ringsUntil: time,
});

/** What became of a call that rang at this device; `missed` stays and offers to call back. */
export const callOverNotice = z.object({
  kind: z.literal('callOver'),
  callId: id,
  chatId: id,
  callerId: id,
  callerName: z.string(),
  media: callMedia,
  /** Of the message in the chat that tells of it: who has read it knows. */
  seq,
  how: z.enum(['missed', 'answeredElsewhere', 'declinedElsewhere']),
});

/** To the host of a room, of whoever waits to be let in; one per room, the newest replaces those before. */
export const knockNotice = z.object({
  kind: z.literal('knock'),
  chatId: id,
  chatTitle: z.string(),
  personId: id,
  personName: z.string(),
  /** Altogether. */
  waiting: z.int().min(1),
  sentAt: time,
});

/** Of the push doctor: the device says that it has shown it. */
export const testNotice = z.object({ kind: z.literal('test'), testId: id });

export const notice = z.discriminatedUnion('kind', [
  messageNotice,
  callNotice,
  callOverNotice,
  knockNotice,
  testNotice,
]);
export type Notice = z.infer<typeof notice>;
export type MessageNotice = z.infer<typeof messageNotice>;
export type CallNotice = z.infer<typeof callNotice>;
export type CallOverNotice = z.infer<typeof callOverNotice>;
export type KnockNotice = z.infer<typeof knockNotice>;

/**
 * What is pushed, encrypted for one device (RFC 8291); at most `LIMITS.pushBytes` of JSON. To services of browsers that
 * know Declarative Web Push it goes wrapped by `domain/declarativePush.ts`, elsewhere as it is.
 */
export const pushPayload = z.object({
  /** Somebody else may have signed in on the device since. */
  userId: id,
  /** Messages not read in chats that are not muted: the badge on the icon. */
  unread: z.int().min(0),
  /** How far chats with fresh notifications are read: those up to there are closed. */
  read: z.array(z.object({ chatId: id, seq })).max(20),
  notice,
});
export type PushPayload = z.infer<typeof pushPayload>;

export const notificationSettings = z.object({
  messages: z.boolean(),
  calls: z.boolean(),
  missedCalls: z.boolean(),
  /** Whether the text of messages is pushed and shown. */
  hasPreview: z.boolean(),
  /** Between these times of day messages come without a sound; calls ring. null: never. */
  quiet: z
    .object({
      /** `22:30`, in `timeZone`. */
      from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      /** IANA name. */
      timeZone: z.string().max(64),
    })
    .nullable(),
  /** Whom the bot tells, where the account is linked with Telegram. */
  telegram: telegramNotices,
});
export type NotificationSettings = z.infer<typeof notificationSettings>;

/** What the server knows of pushing to one device. */
export const pushDevice = z.object({
  /** As the browser gave it. */
  endpoint: z.string(),
  /** Host of the push service. */
  service: z.string(),
  createdAt: time,
  lastPushedAt: time.nullable(),
  /** The service's last answer; null before the first, 0: it was not reached. */
  lastStatus: z.int().nullable(),
});
export type PushDevice = z.infer<typeof pushDevice>;

/** One hop of a test push. Times are milliseconds since the test began. */
export const pushTest = z.object({
  id,
  /** null: not yet. */
  sentAfterMs: z.number().nullable(),
  status: z.int().nullable(),
  answeredAfterMs: z.number().nullable(),
  shownAfterMs: z.number().nullable(),
  problem: z.enum(['notSubscribed', 'gone', 'refused', 'tooMany', 'unreachable']).nullable(),
});
export type PushTest = z.infer<typeof pushTest>;
