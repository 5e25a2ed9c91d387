import { formatStartParam } from '@ahoy/shared/domain/startParam.ts';
import type { InlineKeyboardButton } from 'grammy/types';
import { BOT_WORDS, type Language } from './botWords.ts';
import type { RingState, Unread } from './noticeContents.ts';

export type BotText = { text: string; buttons: InlineKeyboardButton[][] };

export type ComposeParts = {
  publicUrl: () => string;
  /** What a tap on Decline tells the bot. */
  declineCode(callId: string, telegramId: number): string;
};

const LINE_LENGTH = 300;
const NAMES = 3;
/** From here on they are not counted any more. */
const MANY = 100;

/** The messages of a chat that somebody has not read, in one text of Telegram's HTML. */
export function composeUnread(
  { publicUrl }: ComposeParts,
  unread: Unread,
  about: { chatId: string; locale: Language; hasPreview: boolean },
): BotText {
  const words = BOT_WORDS[about.locale];
  const names = unread.names.slice(0, NAMES).join(', ') + (unread.names.length > NAMES ? '…' : '');
  const heading = `<b>${escapeHtml(unread.chatTitle ?? names)}</b>`;
  const count = unread.count >= MANY ? `${MANY}+` : String(unread.count);
  const many = unread.count > 1 ? [words.messages(count)] : [];
  const from = unread.chatTitle !== null ? [escapeHtml(names)] : [];
  const lines = about.hasPreview
    ? [...many, '', ...unread.lines.map((line) => lineOf(line, unread.isGrouped))]
    : [...from, ...(many.length > 0 ? many : [words.newMessage])];
  const url = openUrl(publicUrl(), { kind: 'chat', chatId: about.chatId });
  return { text: [heading, ...lines].join('\n'), buttons: [[{ text: words.openChat, web_app: { url } }]] };
}

/** A call that rings at somebody, or what became of it. */
export function composeCall(
  { publicUrl, declineCode }: ComposeParts,
  ring: RingState,
  about: { callId: string; chatId: string; telegramId: number; locale: Language },
): BotText {
  const words = BOT_WORDS[about.locale];
  const name = `<b>${escapeHtml(ring.callerName)}</b>`;
  const chat = openUrl(publicUrl(), { kind: 'chat', chatId: about.chatId });
  const callBack = [[{ text: `📞 ${words.callBack}`, web_app: { url: chat } }]];
  switch (ring.state) {
    case 'ringing': {
      const url = openUrl(publicUrl(), { kind: 'call', callId: about.callId });
      const decline = declineCode(about.callId, about.telegramId);
      return {
        text: `${ring.media === 'video' ? '🎥' : '📞'} ${name}\n${words.rings[ring.media]}`,
        buttons: [
          [
            { text: `✅ ${words.answer}`, web_app: { url } },
            { text: `❌ ${words.decline}`, callback_data: decline },
          ],
        ],
      };
    }
    case 'joined':
      return { text: `✅ ${name}\n${words.joined}`, buttons: [] };
    case 'declined':
      return { text: `❌ ${name}\n${words.declined}`, buttons: [] };
    case 'missed':
      return { text: `📵 ${name}\n${words.missed[ring.media]}`, buttons: callBack };
    case 'withdrawn':
      return { text: `📵 ${name}\n${words.missed[ring.media]} · ${words.withdrawn}`, buttons: callBack };
    default:
      return ring.state satisfies never;
  }
}

/** What stays of messages that were read elsewhere and cannot be taken away any more. */
export const composeRead = (locale: Language): BotText => ({ text: BOT_WORDS[locale].read, buttons: [] });

/** The page of the Mini App that a button of the bot opens. */
export function openUrl(publicUrl: string, target: Parameters<typeof formatStartParam>[0]): string {
  return `${publicUrl}/?start=${formatStartParam(target)}`;
}

function lineOf({ senderName, text }: { senderName: string; text: string }, isGrouped: boolean): string {
  const characters = [...text.replace(/\s+/g, ' ')];
  const said =
    characters.length > LINE_LENGTH ? `${characters.slice(0, LINE_LENGTH).join('')}…` : characters.join('');
  return isGrouped ? `${escapeHtml(senderName)}: ${escapeHtml(said)}` : escapeHtml(said);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
