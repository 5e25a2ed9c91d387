import { parseStartParam } from '@ahoy/shared/domain/startParam.ts';
import { type TelegramNotices, telegramNotices } from '@ahoy/shared/protocol/telegram.ts';
import { ORPCError } from '@orpc/server';
import { Bot } from 'grammy';
import type { InlineKeyboardButton, User, UserFromGetMe } from 'grammy/types';
import type { DataSource } from 'typeorm';
import type { Announcer } from '../../announcements.ts';
import { declineCall } from '../../calls/changeCall.ts';
import { updateSettings } from '../../notifications/settings.ts';
import type { Limiter } from '../../procedures.ts';
import type { BotApi } from './botApi.ts';
import { findLinked, noteBot } from './botPeople.ts';
import { BOT_WORDS, languageOf } from './botWords.ts';
import { type DeclineCodes, isDeclineCode } from './declineCode.ts';

export type CommandsParts = {
  dataSource: DataSource;
  announcer: Announcer;
  api: BotApi;
  declineCodes: DeclineCodes;
  publicUrl: () => string;
  /** By Telegram user. */
  limit: Limiter;
};

/** No session of Ahoy's: a button in Telegram was tapped. */
const NO_SESSION = '';
const SETTING = /^s:(\w{1,10})$/;

/** What people write and tap. Doing any of it twice comes to the same. */
export function createCommands(parts: CommandsParts, token: string, me: UserFromGetMe): Bot {
  const { dataSource, api } = parts;
  const bot = new Bot(token, { botInfo: me });
  const wordsFor = (user: User | undefined) => BOT_WORDS[languageOf(user?.language_code)];

  const openButton = (user: User | undefined, start = ''): InlineKeyboardButton => ({
    text: wordsFor(user).open,
    web_app: { url: start ? `${parts.publicUrl()}/?start=${start}` : `${parts.publicUrl()}/` },
  });

  function say(user: User, text: string, buttons: InlineKeyboardButton[][]): Promise<unknown> {
    return api.ask('sendMessage', (raw) =>
      raw.sendMessage({ chat_id: user.id, text, reply_markup: { inline_keyboard: buttons } }),
    );
  }

  function answerTap(id: string, text: string, isAlert = false): Promise<unknown> {
    return api.ask('answerCallbackQuery', (raw) =>
      raw.answerCallbackQuery({ callback_query_id: id, text, show_alert: isAlert }),
    );
  }

  /** One button for each choice, the chosen one with a mark. */
  const choices = (user: User, chosen: TelegramNotices): InlineKeyboardButton[][] =>
    telegramNotices.options.map((each) => [
      {
        text: `${each === chosen ? '● ' : '○ '}${wordsFor(user).notices[each]}`,
        callback_data: `s:${each}`,
      },
    ]);

  bot.use(async ({ from, myChatMember }, next) => {
    // Whether the bot is blocked is only noted; all else is answered.
    if (myChatMember || (from && (await isWithin(parts.limit(String(from.id)))))) await next();
  });
  const here = bot.chatType('private');
  // Whoever writes to the bot lets it write.
  here.on('message', async ({ from }, next) => {
    await noteBot(dataSource, from.id, 'open');
    await next();
  });
  here.command('start', async ({ from, match }) => {
    const start = parseStartParam(match) ? match : '';
    await say(from, wordsFor(from).greeting, [[openButton(from, start)]]);
  });
  here.command('settings', async ({ from }) => {
    const linked = await findLinked(dataSource, from.id);
    if (!linked) return void (await say(from, wordsFor(from).notLinked, [[openButton(from)]]));
    await say(from, wordsFor(from).settings, choices(from, linked.notices));
  });
  here.command('stop', async ({ from }) => {
    const linked = await findLinked(dataSource, from.id);
    if (!linked) return void (await say(from, wordsFor(from).notLinked, [[openButton(from)]]));
    await updateSettings(dataSource, linked.userId, { telegram: 'off' });
    await say(from, wordsFor(from).stopped, []);
  });
  // Anything else is met with the way in, so that nobody talks to a wall.
  here.on('message:text', async ({ from }) => {
    await say(from, wordsFor(from).greeting, [[openButton(from)]]);
  });
  here.on('my_chat_member', async ({ from, myChatMember }) => {
    const isBlocked = myChatMember.new_chat_member.status === 'kicked';
    await noteBot(dataSource, from.id, isBlocked ? 'blocked' : 'open');
  });

  bot.on('callback_query:data', async ({ from, callbackQuery: { id, data, message } }) => {
    if (isDeclineCode(data)) return void (await answerTap(id, ...(await decline(from, data))));
    const choice = telegramNotices.safeParse(SETTING.exec(data)?.[1]);
    const linked = await findLinked(dataSource, from.id);
    if (!choice.success || !linked) return void (await answerTap(id, wordsFor(from).failed));
    await updateSettings(dataSource, linked.userId, { telegram: choice.data });
    if (message && choice.data !== linked.notices)
      await api.ask('editMessageReplyMarkup', (raw) =>
        raw.editMessageReplyMarkup({
          ...{ chat_id: message.chat.id, message_id: message.message_id },
          reply_markup: { inline_keyboard: choices(from, choice.data) },
        }),
      );
    await answerTap(id, wordsFor(from).saved);
  });

  /** Only for the one whom the call rings at; answers what the phone says to the tap. */
  async function decline(from: User, code: string): Promise<[text: string, isAlert: boolean]> {
    const words = wordsFor(from);
    const callId = parts.declineCodes.read(code, from.id);
    const linked = callId === undefined ? undefined : await findLinked(dataSource, from.id);
    if (callId === undefined || !linked) return [words.notYours, true];
    const { userId } = linked;
    try {
      const call = await declineCall(parts, { userId, sessionId: NO_SESSION }, callId);
      const mine = call.invitations.find((each) => each.userId === userId);
      return [mine?.state === 'declined' ? words.declinedNow : words.isOver, false];
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error;
      if (error.code === 'CALL_ENDED') return [words.isOver, false];
      if (error.code === 'NOT_FOUND') return [words.notYours, true];
      throw error;
    }
  }

  return bot;
}

async function isWithin(limited: Promise<void>): Promise<boolean> {
  try {
    await limited;
    return true;
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'TOO_MANY_REQUESTS') return false;
    throw error;
  }
}
