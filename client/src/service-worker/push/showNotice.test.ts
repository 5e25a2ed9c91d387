import type { MessageNotice, Notice, PushPayload } from '@ahoy/shared/protocol/notifications.ts';
import { describe, expect, it } from 'vitest';
import type { Shown } from '../../net/noticeData.ts';
import { planNeutral, planNotice } from './showNotice.ts';

const TIME = '2026-01-01T00:00:00.000Z';
const ORIGIN = 'https://ahoy.test';
const MESSAGE: MessageNotice = {
  ...{ kind: 'message', chatId: 'chat', messageId: 'm1', seq: 1, chatTitle: null, senderId: 'ada' },
  ...{ senderName: 'Ada', text: 'one', sentAt: TIME, isSilent: false },
};
const CALL = {
  ...{ callId: 'call', chatId: 'chat', callerId: 'ada', callerName: 'Ada' },
  media: 'audio',
  seq: 4,
} as const;

describe('messages', () => {
  it('of a chat share one notification, which grows and leads to the first of them', () => {
    const [one, two] = run([said(1, 'one'), said(2, 'two')]);
    expect(one).toMatchObject({ title: 'Ada', options: { body: 'one', tag: 'chat:chat', renotify: true } });
    expect(two).toMatchObject({
      title: 'Ada',
      options: { body: 'one\ntwo', tag: 'chat:chat', silent: false },
    });
    expect(two?.options.data.path).toBe('/chats/chat?message=m1');
    expect(two?.options.navigate).toBe(`${ORIGIN}/chats/chat?message=m1`);
    expect(two?.options.actions?.map(({ action }) => action)).toEqual(['reply', 'read']);
  });

  it('stand in the order of the chat, whatever comes first, and each once', () => {
    const plans = run([said(2, 'two'), said(1, 'one'), said(2, 'two')]);
    expect(plans.at(-1)?.options).toMatchObject({ body: 'one\ntwo', silent: true, renotify: false });
  });

  it('are counted where there are more than a phone shows, in both languages', () => {
    const many = Array.from({ length: 7 }, (_, index) => said(index + 1, `line ${index + 1}`));
    const plan = run(many).at(-1);
    expect(plan?.options.body).toBe('7 new messages\nline 4\nline 5\nline 6\nline 7');
    expect(plan?.options.data.path).toBe('/chats/chat?message=m4');
    const hidden = many.map((notice) => ({ ...notice, text: null }));
    expect(run(hidden, 'ru').map(({ options }) => options.body)).toEqual([
      ...['Новое сообщение', '2 новых сообщения', '3 новых сообщения', '4 новых сообщения'],
      ...['5 новых сообщений', '6 новых сообщений', '7 новых сообщений'],
    ]);
  });

  it('bear the photo of who wrote, where it is there, or else the sign of the app', () => {
    const payload = { userId: 'me', unread: 1, read: [], notice: MESSAGE };
    const wish = { language: 'en', shown: [], origin: ORIGIN } as const;
    const photo = 'data:image/jpeg;base64,AAAA';
    expect(planNotice(payload, { ...wish, photo }).options.icon).toBe(photo);
    expect(planNotice(payload, wish).options.icon).toBe('/icons/icon-192.png');
  });

  it('that were read meanwhile are not shown again', () => {
    const [, , plan] = run([said(1, 'one'), said(2, 'two'), said(3, 'three')], 'en', [2]);
    expect(plan?.options.body).toBe('three');
    expect(plan?.options.data).toMatchObject({ count: 1, path: '/chats/chat?message=m3' });
  });

  it('name who wrote where the chat has a title, and are quiet in quiet hours', () => {
    const [plan] = run([{ ...MESSAGE, chatTitle: 'Crew', isSilent: true }]);
    expect(plan).toMatchObject({
      title: 'Crew',
      options: { body: 'Ada: one', silent: true, renotify: false },
    });
  });
});

describe('what was read elsewhere', () => {
  const other: Shown = {
    tag: 'chat:other',
    data: { ...{ kind: 'message', userId: 'me', path: '/' }, chatId: 'other', seq: 5, count: 1, lines: [] },
  };
  it.each([
    [5, ['chat:other']],
    [4, []],
  ])('up to %i closes %j', (seq, closes) => {
    const read = [{ chatId: 'other', seq }];
    expect(plan({ ...payloadOf(MESSAGE), read }, [other]).closes).toEqual(closes);
  });
  it.each([
    [4, ['call:call']],
    [3, []],
  ])('up to %i closes the missed call that stands there as the fourth: %j', (seq, closes) => {
    const missed: Shown = {
      tag: 'call:call',
      data: { ...{ kind: 'callOver', userId: 'me', path: '/' }, ...CALL },
    };
    const older: Shown = {
      tag: 'call:older',
      data: {
        ...{ kind: 'callOver', userId: 'me', path: '/' },
        callId: 'older',
        chatId: 'chat',
        media: 'audio',
      },
    };
    const read = [{ chatId: 'chat', seq }];
    expect(plan({ ...payloadOf({ ...MESSAGE, chatId: 'other' }), read }, [missed, older]).closes).toEqual(
      closes,
    );
  });
  it('is not looked for in notifications of somebody else', () => {
    const theirs: Shown = { ...other, data: { ...other.data, userId: 'somebody' } };
    const read = [{ chatId: 'other', seq: 9 }];
    expect(plan({ ...payloadOf(MESSAGE), read }, [theirs]).closes).toEqual([]);
  });
});

describe('calls', () => {
  it('stay, ring again with each push, and can be answered and declined', () => {
    const { title, options } = plan(payloadOf({ kind: 'call', ...CALL, ringsUntil: TIME }));
    expect(title).toBe('Ada');
    expect(options).toMatchObject({
      ...{ body: 'Incoming voice call', tag: 'call:call', requireInteraction: true, renotify: true },
      data: { kind: 'call', userId: 'me', callId: 'call', chatId: 'chat', media: 'audio', path: '/calls' },
    });
    expect(options.vibrate?.length).toBeGreaterThan(0);
    expect(options.actions?.map((each) => each.title)).toEqual(['Answer', 'Decline']);
  });

  it.each([
    ['missed', 'Пропущенный аудиозвонок', true, ['Перезвонить', 'Сообщение']],
    ['answeredElsewhere', 'Отвечено на другом устройстве', false, []],
    ['declinedElsewhere', 'Отклонено на другом устройстве', false, []],
  ] as const)('that are over say so in their place: %s', (how, body, stays, actions) => {
    const over: Notice = { kind: 'callOver', ...CALL, how };
    const { options } = planNotice(payloadOf(over), { language: 'ru', shown: [], origin: ORIGIN });
    expect(options).toMatchObject({ body, tag: 'call:call', requireInteraction: stays, silent: !stays });
    expect(options.actions?.map((each) => each.title)).toEqual(actions);
  });
});

it('a call that was swiped away is shown in silence, and so is what became of it', () => {
  const wish = { language: 'en', shown: [], origin: ORIGIN, isDismissed: true } as const;
  const ring = planNotice(payloadOf({ kind: 'call', ...CALL, ringsUntil: TIME }), wish).options;
  expect(ring).toMatchObject({ silent: true, renotify: false, requireInteraction: false });
  expect(ring.vibrate).toBeUndefined();
  expect(ring.actions?.map((each) => each.action)).toEqual(['answer', 'decline']);
  const over = planNotice(payloadOf({ kind: 'callOver', ...CALL, how: 'missed' }), wish).options;
  expect(over).toMatchObject({ silent: true, requireInteraction: true, body: 'Missed voice call' });
});

it('somebody at the door of a room is told with its title, and leads to its chat', () => {
  const { title, options } = plan(
    payloadOf({
      ...{ kind: 'knock', chatId: 'chat', chatTitle: 'Crew', personId: 'ada', personName: 'Ada' },
      ...{ waiting: 1, sentAt: TIME },
    }),
  );
  expect([title, options.tag, options.data.path]).toEqual(['Crew', 'knock:chat', '/chats/chat']);
});

it('a test says that it came', () => {
  const { title, options } = plan(payloadOf({ kind: 'test', testId: 'test' }));
  expect([title, options.tag]).toEqual(['Notifications work', 'test']);
});

it('what is for somebody else tells nothing', () => {
  const { title, options } = planNeutral({ language: 'en', origin: ORIGIN });
  expect([title, options.body]).toEqual(['Ahoy', 'Something is new. Open the app to see what.']);
  expect(options.data).toEqual({ kind: 'neutral', userId: '', path: '/' });
});

it('nothing asks for sound and silence at once, which browsers refuse', () => {
  const over: Notice = { kind: 'callOver', ...CALL, how: 'missed' };
  for (const notice of [MESSAGE, { ...MESSAGE, isSilent: true }, over]) {
    const { silent, renotify, vibrate } = plan(payloadOf(notice)).options;
    expect(silent === true && (renotify === true || vibrate !== undefined)).toBe(false);
  }
});

function said(seq: number, text: string): MessageNotice {
  return { ...MESSAGE, seq, messageId: `m${seq}`, text };
}

function payloadOf(notice: Notice): PushPayload {
  return { userId: 'me', unread: 1, read: [], notice };
}

function plan(payload: PushPayload, shown: Shown[] = []) {
  return planNotice(payload, { language: 'en', shown, origin: ORIGIN });
}

/** One push after another; `readSeqs` are how far the chat is read with the last. */
function run(notices: MessageNotice[], language: 'en' | 'ru' = 'en', readSeqs: number[] = []) {
  const shown = new Map<string, Shown>();
  return notices.map((notice, index) => {
    const isLast = index === notices.length - 1;
    const read = isLast ? readSeqs.map((seq) => ({ chatId: 'chat', seq })) : [];
    const made = planNotice(
      { ...payloadOf(notice), read },
      { language, shown: [...shown.values()], origin: ORIGIN },
    );
    shown.set(made.options.tag, { tag: made.options.tag, data: made.options.data });
    return made;
  });
}
