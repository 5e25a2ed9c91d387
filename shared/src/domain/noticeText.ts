import type { CallMedia } from '../protocol/calls.ts';
import type { CallOverNotice, KnockNotice, MessageNotice, Notice } from '../protocol/notifications.ts';

export type NoticeLanguage = 'en' | 'ru';
export type NoticeText = { title: string; body: string };

const WORDS = {
  en: {
    newMessage: 'New message',
    audio: { rings: 'Incoming voice call', missed: 'Missed voice call' },
    video: { rings: 'Incoming video call', missed: 'Missed video call' },
    answeredElsewhere: 'Answered on another device',
    declinedElsewhere: 'Declined on another device',
    waits: (name: string) => `${name} waits to be let in`,
    waitMore: (name: string, more: number) => `${name} and ${more} more wait to be let in`,
    testTitle: 'Notifications work',
    testBody: 'This test went all the way through the push service.',
  },
  ru: {
    newMessage: 'Новое сообщение',
    audio: { rings: 'Входящий аудиозвонок', missed: 'Пропущенный аудиозвонок' },
    video: { rings: 'Входящий видеозвонок', missed: 'Пропущенный видеозвонок' },
    answeredElsewhere: 'Отвечено на другом устройстве',
    declinedElsewhere: 'Отклонено на другом устройстве',
    waits: (name: string) => `${name}: ожидает, чтобы войти`,
    waitMore: (name: string, more: number) => `${name} и ещё ${more}: ожидают, чтобы войти`,
    testTitle: 'Уведомления работают',
    testBody: 'Эта проверка прошла весь путь через пуш-сервис.',
  },
} as const;

/** What a notice says: of the worker's notification and of the declarative form, which no worker touches. */
export function noticeText(notice: Notice, language: NoticeLanguage): NoticeText {
  const words = WORDS[language];
  switch (notice.kind) {
    case 'message':
      return { title: notice.chatTitle ?? notice.senderName, body: messageLine(notice, language) };
    case 'call':
      return { title: notice.callerName, body: words[notice.media].rings };
    case 'callOver':
      return { title: notice.callerName, body: overText(notice, language) };
    case 'knock':
      return { title: notice.chatTitle, body: knockText(notice, language) };
    case 'test':
      return { title: words.testTitle, body: words.testBody };
    default:
      return notice satisfies never;
  }
}

/** One message in one line; in a chat with a title of its own it says who wrote. */
export function messageLine(
  { text, chatTitle, senderName }: Pick<MessageNotice, 'text' | 'chatTitle' | 'senderName'>,
  language: NoticeLanguage,
): string {
  const said = text ?? WORDS[language].newMessage;
  return chatTitle === null ? said : `${senderName}: ${said}`;
}

function overText({ how, media }: CallOverNotice, language: NoticeLanguage): string {
  return how === 'missed' ? WORDS[language][media].missed : WORDS[language][how];
}

function knockText({ personName, waiting }: KnockNotice, language: NoticeLanguage): string {
  const words = WORDS[language];
  return waiting > 1 ? words.waitMore(personName, waiting - 1) : words.waits(personName);
}

/** Where a tap on a notice leads. A call that rings shows over everything, wherever the app is opened. */
export function noticePath(notice: Notice): string {
  switch (notice.kind) {
    case 'message':
      return `/chats/${notice.chatId}?message=${notice.messageId}`;
    case 'call':
      return '/calls';
    case 'callOver':
      return notice.how === 'missed' ? `/chats/${notice.chatId}` : '/calls';
    case 'knock':
      return `/chats/${notice.chatId}`;
    case 'test':
      return '/settings/notifications';
    default:
      return notice satisfies never;
  }
}

/** Notifications with the same tag replace each other: one per chat, one per call. */
export function noticeTag(notice: Notice): string {
  switch (notice.kind) {
    case 'message':
      return chatTag(notice.chatId);
    case 'call':
    case 'callOver':
      return callTag(notice.callId);
    case 'knock':
      return knockTag(notice.chatId);
    case 'test':
      return 'test';
    default:
      return notice satisfies never;
  }
}

export const chatTag = (chatId: string) => `chat:${chatId}`;
export const knockTag = (chatId: string) => `knock:${chatId}`;
export const callTag = (callId: string) => `call:${callId}`;

/** The page that goes straight into a call; it needs nothing of the device's copy. */
export function answerPath({
  callId,
  chatId,
  media,
}: {
  callId: string;
  chatId: string;
  media: CallMedia;
}): string {
  return `/answer/${callId}?${new URLSearchParams({ chat: chatId, media })}`;
}
