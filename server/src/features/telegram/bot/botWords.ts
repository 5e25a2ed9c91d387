import type { CallMedia } from '@ahoy/shared/protocol/calls.ts';
import type { TelegramNotices } from '@ahoy/shared/protocol/telegram.ts';

export type Language = 'en' | 'ru';

/** The language of who writes to the bot, as Telegram tells it (an IETF tag). */
export function languageOf(code: string | undefined): Language {
  return code?.toLowerCase().split('-')[0] === 'ru' ? 'ru' : 'en';
}

type Words = {
  open: string;
  menu: string;
  description: string;
  shortDescription: string;
  commands: { command: string; description: string }[];
  greeting: string;
  settings: string;
  notLinked: string;
  stopped: string;
  notices: Record<TelegramNotices, string>;
  saved: string;
  openChat: string;
  answer: string;
  decline: string;
  callBack: string;
  messages: (count: string) => string;
  newMessage: string;
  rings: Record<CallMedia, string>;
  joined: string;
  declined: string;
  missed: Record<CallMedia, string>;
  withdrawn: string;
  read: string;
  declinedNow: string;
  notYours: string;
  isOver: string;
  failed: string;
};

const plural = new Intl.PluralRules('ru');
const RUSSIAN = { one: 'новое сообщение', few: 'новых сообщения', many: 'новых сообщений' } as const;

export const BOT_WORDS: Record<Language, Words> = {
  en: {
    open: 'Open Ahoy',
    menu: 'Ahoy',
    description:
      'Ahoy is a messenger with calls that runs on the server of your family, club or company. Open it here, and this bot tells you of messages and calls while you are away.',
    shortDescription: 'Messages and calls of your Ahoy server, inside Telegram.',
    commands: [
      { command: 'start', description: 'Open Ahoy' },
      { command: 'settings', description: 'What this bot tells you' },
      { command: 'stop', description: 'Tell me nothing' },
    ],
    greeting:
      'Ahoy! Your chats and calls open right here. I write to you when something happens while you are away; /settings says when.',
    settings: 'When shall I write to you of messages and calls?',
    notLinked: 'This Telegram account is not linked with an Ahoy account yet. Open Ahoy to begin.',
    stopped: 'I will tell you nothing any more. /settings changes that.',
    notices: {
      auto: 'When nothing else reaches me',
      always: 'Whenever I am away',
      off: 'Never',
    },
    saved: 'Saved',
    openChat: 'Open the chat',
    answer: 'Answer',
    decline: 'Decline',
    callBack: 'Call back',
    messages: (count) => `${count} new messages`,
    newMessage: 'New message',
    rings: { audio: 'Incoming voice call', video: 'Incoming video call' },
    joined: 'Answered',
    declined: 'Declined',
    missed: { audio: 'Missed voice call', video: 'Missed video call' },
    withdrawn: 'The caller hung up',
    read: 'Read in Ahoy',
    declinedNow: 'Declined',
    notYours: 'This call is not yours to decline.',
    isOver: 'This call is over.',
    failed: 'That did not work. Try again in a moment.',
  },
  ru: {
    open: 'Открыть Ahoy',
    menu: 'Ahoy',
    description:
      'Ahoy — мессенджер со звонками на сервере вашей семьи, клуба или компании. Откройте его здесь, и бот сообщит о сообщениях и звонках, пока вас нет.',
    shortDescription: 'Сообщения и звонки вашего сервера Ahoy прямо в Telegram.',
    commands: [
      { command: 'start', description: 'Открыть Ahoy' },
      { command: 'settings', description: 'О чём сообщает бот' },
      { command: 'stop', description: 'Ни о чём не сообщать' },
    ],
    greeting:
      'Ahoy! Ваши чаты и звонки открываются прямо здесь. Я напишу, если что-то произойдёт, пока вас нет; когда именно — в /settings.',
    settings: 'Когда писать вам о сообщениях и звонках?',
    notLinked: 'Этот аккаунт Telegram ещё не связан с аккаунтом Ahoy. Откройте Ahoy, чтобы начать.',
    stopped: 'Больше ни о чём не сообщу. Изменить это можно в /settings.',
    notices: {
      auto: 'Когда иначе меня не найти',
      always: 'Всегда, когда меня нет',
      off: 'Никогда',
    },
    saved: 'Сохранено',
    openChat: 'Открыть чат',
    answer: 'Ответить',
    decline: 'Отклонить',
    callBack: 'Перезвонить',
    messages: (count) => `${count} ${russianMessages(count)}`,
    newMessage: 'Новое сообщение',
    rings: { audio: 'Входящий аудиозвонок', video: 'Входящий видеозвонок' },
    joined: 'Отвечено',
    declined: 'Отклонено',
    missed: { audio: 'Пропущенный аудиозвонок', video: 'Пропущенный видеозвонок' },
    withdrawn: 'Звонивший отменил вызов',
    read: 'Прочитано в Ahoy',
    declinedNow: 'Отклонено',
    notYours: 'Этот звонок не вам.',
    isOver: 'Этот звонок уже завершён.',
    failed: 'Не получилось. Попробуйте ещё раз чуть позже.',
  },
};

function russianMessages(count: string): string {
  const form = plural.select(Number.parseInt(count, 10));
  return form === 'one' || form === 'few' ? RUSSIAN[form] : RUSSIAN.many;
}
