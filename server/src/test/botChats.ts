import { accept, type BotAnswer, privateChat, refuse, seconds, type TelegramUser } from './botAnswer.ts';

export type BotButton = { text: string; callback_data?: string; web_app?: { url: string } };

/** A message of the bot, as somebody sees it. */
export type BotMessage = {
  chatId: number;
  messageId: number;
  /** As it is sent, with the marks of HTML. */
  text: string;
  buttons: BotButton[];
  isSilent: boolean;
  /** How often it was edited. */
  edits: number;
};

type Payload = Record<string, unknown>;

/** The chats of a bot with people. */
export function createBotChats(me: { id: number; is_bot: boolean; first_name: string }) {
  const messages = new Map<string, BotMessage>();
  let lastId = 0;

  const find = (chatId: number, payload: Payload) => messages.get(`${chatId} ${payload.message_id}`);
  const present = ({ chatId, messageId, text }: BotMessage) => ({
    ...{ message_id: messageId, date: seconds(), from: me, chat: { id: chatId, type: 'private' }, text },
  });

  return {
    /** As they are now: what is edited later does not change them. */
    of: (telegramId: number) =>
      [...messages.values()].filter(({ chatId }) => chatId === telegramId).map((message) => ({ ...message })),
    /** Somebody's own message to the bot. */
    hear(user: TelegramUser, text: string) {
      lastId += 1;
      const command = /^\/\w+/.exec(text);
      const entities = command && [{ type: 'bot_command', offset: 0, length: command[0].length }];
      const said = { message_id: lastId, date: seconds(), from: user, chat: privateChat(user), text };
      return { ...said, ...(entities && { entities }) };
    },
    send(chatId: number, payload: Payload) {
      lastId += 1;
      const message: BotMessage = {
        ...{ chatId, messageId: lastId, text: String(payload.text), buttons: buttonsOf(payload), edits: 0 },
        isSilent: payload.disable_notification === true,
      };
      messages.set(`${chatId} ${lastId}`, message);
      return present(message);
    },
    edit(chatId: number, payload: Payload): BotAnswer {
      const message = find(chatId, payload);
      if (!message) return refuse({ status: 400, description: 'Bad Request: message to edit not found' });
      const text = payload.text === undefined ? message.text : String(payload.text);
      const buttons = buttonsOf(payload);
      if (text === message.text && JSON.stringify(buttons) === JSON.stringify(message.buttons))
        return refuse({ status: 400, description: 'Bad Request: message is not modified' });
      Object.assign(message, { text, buttons, edits: message.edits + 1 });
      return accept(present(message));
    },
    remove(chatId: number, payload: Payload): BotAnswer {
      return messages.delete(`${chatId} ${payload.message_id}`)
        ? accept(true)
        : refuse({ status: 400, description: 'Bad Request: message to delete not found' });
    },
  };
}

function buttonsOf({ reply_markup }: Payload): BotButton[] {
  const { inline_keyboard: rows = [] } = (reply_markup ?? {}) as { inline_keyboard?: BotButton[][] };
  return rows.flat();
}
