import { createId } from '@ahoy/shared/domain/ids.ts';
import type { CallMedia } from '@ahoy/shared/protocol/calls.ts';
import type { Room } from '@ahoy/shared/protocol/rooms.ts';
import { type ApiPerson, openChat, type Place, registerPerson, sendMessage } from './apiPerson.ts';
import { makeRoom } from './roomScene.ts';
import type { Language } from './words.ts';

/** What the pictures show: one person with some chats, and one who is new. */
export interface Scene {
  readonly me: ApiPerson;
  readonly newcomer: ApiPerson;
  /** The chat that is opened, with its other person's name, and that person. */
  readonly chatId: string;
  readonly friend: string;
  readonly peer: ApiPerson;
  /** Made by the friend: whoever has its link comes in. Rooms of mine are called the same. */
  readonly room: Room;
  /** Somebody else whom I have a chat with. */
  readonly other: ApiPerson;
  /** A message of mine in it, and one of theirs. */
  readonly mine: string;
  readonly theirs: string;
  /** What I would write next. */
  readonly next: string;
  /** What the server refuses. */
  readonly refused: string;
}

const CASTS = {
  en: {
    me: 'Anna Bergström',
    handles: ['anna', 'marta', 'konstantin', 'noor', 'sam_okafor', 'ilya', 'harbour_lottery'],
    about: 'At sea until Sunday',
    friend: 'Marta Lindqvist',
    others: ['Konstantin Arvid Bergström-Oyelaran', 'Noor Haddad', 'Sam Okafor', 'Ilya Petrov'],
    last: [
      'Berth 14 is free from the 3rd until the end of the month',
      'I was thinking that maybe we could',
      'Great, see you both on the quay at noon',
      'Can you take the tiller?',
    ],
    before: [
      'Did you see the forecast for Saturday?',
      'Light wind from the south-west, sun until five. I would not want to be anywhere else.',
      'Then it is settled: we take the small boat and row back if we must 😄',
      'You row, I steer. As always!',
    ],
    next: 'Two minutes, I can see the mast',
    refused: 'The regatta film, all 214 MB of it',
    talk: [
      'Low tide this morning',
      'Save us two seats!',
      'Pier 3, they moved it again',
      'And bring the good coffee',
      'Coffee and buns, on my way',
    ],
    saved: 'Gate code 4471, key under the third pot',
    unwanted: 'Harbour Lottery',
    room: 'Harbour council',
  },
  ru: {
    me: 'Анна Бергстрём',
    handles: ['anna_b', 'alexandra', 'vladimir', 'nur', 'sam_o', 'ilya_petrov', 'port_loto'],
    about: 'В море до воскресенья',
    friend: 'Александра Константинопольская',
    others: ['Владимир Преображенский-Заболоцкий', 'Нур Хаддад', 'Сэм Окафор', 'Илья Петров'],
    last: [
      'Причал 14 свободен с третьего числа и до конца месяца',
      'Я подумала, что, может быть, стоит',
      'Отлично, увидимся на набережной в полдень',
      'Сможешь сесть за руль?',
    ],
    before: [
      'Видела прогноз на субботу?',
      'Слабый юго-западный, солнце до пяти. Лучше и не придумаешь.',
      'Тогда решено: берём малую лодку, а если что, обратно на вёслах 😄',
      'Ты гребёшь, я за рулём. Как всегда!',
    ],
    next: 'Две минуты, уже вижу мачту',
    refused: 'Фильм о регате, все 214 МБ',
    talk: [
      'Сегодня утром большой отлив',
      'Красота! Займёшь мне место на паром в 14:05?',
      'Третий причал, опять перенесли',
      'И захвати хороший кофе',
      'Кофе и булочки, уже выхожу',
    ],
    saved: 'Код от калитки 4471, ключ под третьим горшком',
    unwanted: 'Портовая лотерея',
    room: 'Совет гавани',
  },
} as const;

/** Seeds a lively account through the API; `nth`, where there is more than one of a language. */
export async function seedScene(place: Place, language: Language, nth = 1): Promise<Scene> {
  const cast = CASTS[language];
  const person = (name: string, handle?: string) => {
    const username = handle && nth > 1 ? `${handle}_${nth}` : handle;
    return registerPerson(place, { name, username, locale: language });
  };
  const [myHandle, friendsHandle, ...handles] = cast.handles;
  const me = await person(cast.me, myHandle);
  await me.api.identity.updateMe({ about: cast.about });
  const others: ApiPerson[] = [];
  for (const [index, name] of cast.others.entries()) {
    const other = await person(name, handles[index]);
    others.push(other);
    const chatId = await openChat(other, me);
    if (index === 0) for (const media of ['video', 'video'] as const) await missCall(other, chatId, media);
    if (index === 1) await declineCall(me, other, chatId);
    if (index === 3) await missCall(me, chatId, 'audio');
    const text = cast.last[index] ?? '';
    await sendMessage(index === 2 ? me : other, chatId, text);
  }
  const other = others[2];
  if (!other) throw new Error('Too few are in the cast');
  await me.api.contacts.block({ personId: (await person(cast.unwanted, handles.at(-1))).id });
  const saved = await me.api.chats.openSaved({});
  await sendMessage(me, saved.delta.chatId, cast.saved);
  const friend = await person(cast.friend, friendsHandle);
  const chatId = await openChat(friend, me);
  for (const [index, text] of cast.before.entries()) await sendMessage(index % 2 ? me : friend, chatId, text);
  const [first, mine, theirs, more, last] = cast.talk;
  const question = await sendMessage(friend, chatId, first);
  const reply = await sendMessage(me, chatId, mine, question);
  await me.api.messages.edit({ id: reply, text: mine, stamp: 1 });
  await friend.api.messages.read({ chatId, seq: 6 });
  await sendMessage(friend, chatId, theirs);
  await sendMessage(friend, chatId, more);
  await me.api.messages.read({ chatId, seq: 8 });
  await sendMessage(me, chatId, last);
  return {
    ...{ me, newcomer: await person(cast.me), chatId, mine, theirs, next: cast.next, refused: cast.refused },
    ...{ friend: cast.friend, peer: friend, other, room: await makeRoom(friend, cast.room) },
  };
}

/** Lets somebody ring in a chat; resolves with how to take it back. */
export async function ringFrom(
  { api }: ApiPerson,
  chatId: string,
  media: CallMedia,
): Promise<{ callId: string; takeBack: () => Promise<void> }> {
  const [callId, participantId] = [createId(), createId()];
  await api.calls.start({ id: callId, chatId, participantId, media });
  return {
    callId,
    async takeBack() {
      await api.calls.leave({ id: callId, participantId });
    },
  };
}

async function missCall(from: ApiPerson, chatId: string, media: CallMedia): Promise<void> {
  const { takeBack } = await ringFrom(from, chatId, media);
  await takeBack();
}

async function declineCall(from: ApiPerson, by: ApiPerson, chatId: string): Promise<void> {
  const { callId } = await ringFrom(from, chatId, 'audio');
  await by.api.calls.decline({ id: callId });
}
