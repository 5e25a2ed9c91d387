import { createId } from '@ahoy/shared/domain/ids.ts';
import { type ApiPerson, openChat, type Place, registerPerson, sendMessage } from './apiPerson.ts';
import type { Language } from './words.ts';

/** What the pictures show: one person with some chats, and one who is new. */
export interface Scene {
  readonly me: ApiPerson;
  readonly newcomer: ApiPerson;
  /** The chat that is opened, with its other person's name. */
  readonly chatId: string;
  readonly friend: string;
  /** A message of mine in it. */
  readonly mine: string;
}

const CASTS = {
  en: {
    me: 'Anna Bergström',
    friend: 'Marta Lindqvist',
    others: ['Konstantin Arvid Bergström-Oyelaran', 'Noor Haddad', 'Sam Okafor', 'Ilya Petrov'],
    last: [
      'Berth 14 is free from the 3rd until the end of the month',
      'I was thinking that maybe we could',
      'Great, see you both on the quay at noon',
      'Can you take the tiller?',
    ],
    talk: [
      'Low tide this morning',
      'Save us two seats!',
      'Pier 3, they moved it again',
      'And bring the good coffee',
      'Coffee and buns, on my way',
    ],
    saved: 'Gate code 4471, key under the third pot',
  },
  ru: {
    me: 'Анна Бергстрём',
    friend: 'Александра Константинопольская',
    others: ['Владимир Преображенский-Заболоцкий', 'Нур Хаддад', 'Сэм Окафор', 'Илья Петров'],
    last: [
      'Причал 14 свободен с третьего числа и до конца месяца',
      'Я подумала, что, может быть, стоит',
      'Отлично, увидимся на набережной в полдень',
      'Сможешь сесть за руль?',
    ],
    talk: [
      'Сегодня утром большой отлив',
      'Красота! Займёшь мне место на паром в 14:05?',
      'Третий причал, опять перенесли',
      'И захвати хороший кофе',
      'Кофе и булочки, уже выхожу',
    ],
    saved: 'Код от калитки 4471, ключ под третьим горшком',
  },
} as const;

/** Seeds a lively account through the API. */
export async function seedScene(place: Place, language: Language): Promise<Scene> {
  const cast = CASTS[language];
  const person = (name: string) => registerPerson(place, { name, locale: language });
  const me = await person(cast.me);
  for (const [index, name] of cast.others.entries()) {
    const other = await person(name);
    const chatId = await openChat(other, me);
    const text = cast.last[index] ?? '';
    await sendMessage(index === 2 ? me : other, chatId, text);
  }
  const saved = await me.api.chats.openSaved({});
  await sendMessage(me, saved.delta.chatId, cast.saved);
  const friend = await person(cast.friend);
  const chatId = await openChat(friend, me);
  const [first, mine, ...news] = cast.talk;
  const question = await sendMessage(friend, chatId, first);
  const reply = await sendMessage(me, chatId, mine, question);
  await me.api.messages.edit({ id: reply, text: mine, stamp: 1 });
  await friend.api.messages.read({ chatId, seq: 2 });
  for (const text of news.slice(0, 2)) await sendMessage(friend, chatId, text);
  await me.api.messages.read({ chatId, seq: 4 });
  await me.api.messages.send({ id: createId(), chatId, text: news[2] ?? '' });
  return { me, newcomer: await person(cast.me), chatId, friend: cast.friend, mine };
}
