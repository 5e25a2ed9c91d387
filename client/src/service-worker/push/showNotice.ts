import { chatTag, messageLine, noticePath, noticeTag, noticeText } from '@ahoy/shared/domain/noticeText.ts';
import type {
  CallNotice,
  CallOverNotice,
  MessageNotice,
  PushPayload,
} from '@ahoy/shared/protocol/notifications.ts';
import type { Language } from '../../i18n/language.ts';
import type { NoticeData, Shown } from '../../net/noticeData.ts';
import type { SoundSettings } from '../../net/soundSettings.ts';
import { type PushWords, pushWords } from './words.ts';

/** `type: 'text'` asks for a text in the notification, where the system can. */
export type NoticeAction = { action: string; title: string; type?: 'text'; placeholder?: string };

/** Of `showNotification`; TypeScript's own types know only what all browsers have. */
export type NoticeOptions = NotificationOptions & {
  data: NoticeData;
  tag: string;
  actions?: NoticeAction[];
  renotify?: boolean;
  requireInteraction?: boolean;
  timestamp?: number;
  vibrate?: number[];
  /** Absolute; browsers with Declarative Web Push lead there, also where a click does not reach the worker. */
  navigate?: string;
};

export type NoticePlan = {
  title: string;
  options: NoticeOptions;
  /** Tags of notifications whose messages are read by now. */
  closes: string[];
};

export type ShowWish = {
  language: Language;
  /** What is on the screen. */
  shown: readonly Shown[];
  origin: string;
  /** The call that it tells of was swiped away here: it is shown, but makes itself heard no more. */
  isDismissed?: boolean;
  /** What makes itself heard on this device; absent: everything. */
  sounds?: SoundSettings;
  /** URL of a photo of whom it is about. */
  photo?: string;
};

/** A phone shows four lines of a notification without opening it. */
const MAX_LINES = 4;
const RING_PATTERN_MS = [600, 300, 600, 300, 600, 900, 600, 300, 600];
/** Browsers refuse to vibrate, or to alert anew, in silence. */
const HUSHED = { silent: true, renotify: false, vibrate: undefined };

/** What to show of a push, and what to take away with it. Every push shows something. */
export function planNotice(payload: PushPayload, wish: ShowWish): NoticePlan {
  const { notice, userId } = payload;
  const t = pushWords(wish.language);
  const shown = wish.shown.filter(({ data }) => data.userId === userId);
  const { title, body } = noticeText(notice, wish.language);
  const path = noticePath(notice);
  const common = { ...look(wish), tag: noticeTag(notice), navigate: wish.origin + path };
  const closes = readTags(payload, shown).filter((tag) => tag !== common.tag);
  switch (notice.kind) {
    case 'message': {
      const plan = planMessage(notice, payload, { ...wish, shown });
      return { title, closes, options: { ...common, ...plan, navigate: wish.origin + plan.data.path } };
    }
    case 'call':
      return {
        ...{ title, closes },
        options: {
          ...{ ...common, ...ringing(notice, t), body },
          ...((wish.isDismissed || wish.sounds?.calls === false) && HUSHED),
          requireInteraction: wish.isDismissed !== true,
          data: { ...callParts(notice), kind: 'call', userId, path, ringsUntil: notice.ringsUntil },
        },
      };
    case 'callOver': {
      const isMissed = notice.how === 'missed';
      const isHushed = wish.isDismissed === true || wish.sounds?.calls === false;
      const back = [
        { action: 'callBack', title: t('push.callBack') },
        { action: 'open', title: t('push.message') },
      ];
      return {
        ...{ title, closes },
        options: {
          ...{ ...common, body, silent: !isMissed || isHushed },
          ...{
            requireInteraction: isMissed,
            data: { ...callParts(notice), kind: 'callOver', userId, path, seq: notice.seq },
            actions: isMissed ? back : [],
          },
        },
      };
    }
    case 'knock':
      return {
        ...{ title, closes },
        options: {
          ...{ ...common, body, renotify: true },
          ...{ timestamp: Date.parse(notice.sentAt), data: { kind: 'knock', userId, path } },
        },
      };
    case 'test':
      return { title, closes, options: { ...common, body, data: { kind: 'test', userId, path } } };
    default:
      return notice satisfies never;
  }
}

/** For a push that is not for who is signed in, or that this version does not understand: it tells nothing. */
export function planNeutral(wish: Pick<ShowWish, 'language' | 'origin'>): NoticePlan {
  const t = pushWords(wish.language);
  const data: NoticeData = { kind: 'neutral', userId: '', path: '/' };
  return {
    title: t('push.neutralTitle'),
    closes: [],
    options: { ...look(wish), body: t('push.neutralBody'), tag: 'neutral', silent: true, data },
  };
}

function look({ language, photo }: Pick<ShowWish, 'language' | 'photo'>) {
  return {
    ...{ icon: photo ?? '/icons/icon-192.png', badge: '/icons/monochrome-512.png' },
    ...{ lang: language, dir: 'auto' as const },
  };
}

function ringing({ ringsUntil }: CallNotice, t: PushWords) {
  return {
    ...{ renotify: true, vibrate: RING_PATTERN_MS },
    timestamp: Date.parse(ringsUntil),
    actions: [
      { action: 'answer', title: t('push.answer') },
      { action: 'decline', title: t('push.decline') },
    ],
  };
}

function callParts({ callId, chatId, media }: CallNotice | CallOverNotice) {
  return { callId, chatId, media };
}

/** One notification per chat that grows: by what was not read meanwhile, in the order of the chat. */
function planMessage(
  notice: MessageNotice,
  { read, userId }: PushPayload,
  { language, shown, sounds }: ShowWish,
) {
  const t = pushWords(language);
  const readSeq = read.find(({ chatId }) => chatId === notice.chatId)?.seq ?? 0;
  const before = shown.find(({ tag }) => tag === chatTag(notice.chatId))?.data;
  const held = before?.kind === 'message' ? before : null;
  const unread = (held?.lines ?? []).filter(({ seq }) => seq > readSeq);
  const isKnown = unread.some(({ seq }) => seq === notice.seq);
  const { seq, messageId } = notice;
  const all = [
    ...unread.filter((line) => line.seq !== seq),
    { seq, messageId, text: messageLine(notice, language) },
  ].sort((one, other) => one.seq - other.seq);
  const lines = all.slice(-MAX_LINES);
  // Those no longer in lines are older than all of these, and so were read first.
  const countBefore = held && unread.length === held.lines.length ? held.count : unread.length;
  const count = countBefore + (isKnown ? 0 : 1);
  const isOnlyCounted = notice.text === null || count > lines.length;
  const texts = notice.text === null ? [] : lines.map(({ text }) => text);
  const first = count > 1 && isOnlyCounted ? [t('push.messages', { count })] : [];
  const [oldest = all[0]] = lines;
  const path = `/chats/${notice.chatId}?message=${oldest?.messageId ?? messageId}`;
  const data: NoticeData = {
    ...{ kind: 'message', userId, path, chatId: notice.chatId, lines, count },
    seq: lines.at(-1)?.seq ?? seq,
  };
  const isQuiet = notice.isSilent || isKnown || sounds?.messages === false;
  return {
    ...{ data, silent: isQuiet, renotify: !isQuiet, timestamp: Date.parse(notice.sentAt) },
    body: [...first, ...texts].join('\n') || messageLine(notice, language),
    actions: [
      {
        ...{ action: 'reply', title: t('push.reply'), type: 'text' as const },
        placeholder: t('push.replyHere'),
      },
      { action: 'read', title: t('push.markRead') },
    ],
  };
}

/** Chats all of whose shown messages were read, here or elsewhere, and missed calls that were seen there. */
function readTags({ read }: PushPayload, shown: readonly Shown[]): string[] {
  return shown.flatMap(({ tag, data }) => {
    if (data.kind !== 'message' && data.kind !== 'callOver') return [];
    const readSeq = read.find(({ chatId }) => chatId === data.chatId)?.seq ?? 0;
    return data.seq !== undefined && data.seq <= readSeq ? [tag] : [];
  });
}
