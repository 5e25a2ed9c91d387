import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  accept,
  type BotAnswer,
  type BotFailure,
  privateChat,
  refuse,
  seconds,
  type TelegramUser,
} from './botAnswer.ts';
import { type BotMessage, createBotChats } from './botChats.ts';
import { createBotUpdates } from './botUpdates.ts';

/** A request of the bot: what it asked, and how it was answered. */
export type BotCall = { method: string; payload: Payload; status: number; at: number };
type Payload = Record<string, unknown>;

export type TestBotApi = {
  url: string;
  token: string;
  username: string;
  /** What makes a server use this bot, by long polling unless TELEGRAM_WEBHOOK says otherwise. */
  env: Record<string, string>;
  calls: BotCall[];
  callsOf(method: string): BotCall[];
  /** What somebody sees in their chat with the bot now. */
  chat(telegramId: number): BotMessage[];
  /** The next requests of a method fail so; `times` of them. */
  fail(method: string, failure: BotFailure, times?: number): void;
  /** Answers nothing to a method until the answered function is called. */
  hold(method: string): () => void;
  /** From now on this person's phone refuses the bot, or takes it again; tells the bot so unless `isSilent`. */
  block(user: TelegramUser, isBlocked?: boolean, isSilent?: boolean): Promise<void>;
  /** Writes to the bot. */
  say(user: TelegramUser, text: string): Promise<void>;
  /** Taps a button of a message by its label; answers what the bot says to it. */
  press(user: TelegramUser, message: BotMessage, label: string): Promise<Payload | undefined>;
  /** Gives the bot any update. */
  inject(update: Payload): Promise<number>;
  /** Updates that the bot has not taken. */
  pending(): number;
  webhook(): { url: string; secret: string } | undefined;
  stop(): Promise<void>;
};

const BODY_BYTES = 1024 * 1024;
const PRESS_TIMEOUT_MS = 10_000;

/** A server on loopback that speaks the Bot API, with one bot and the phones of whoever it writes to. */
export async function startBotApi(options: { token?: string; username?: string } = {}): Promise<TestBotApi> {
  const { token = '7000001:test-token-of-a-bot-on-loopback', username = 'ahoy_test_bot' } = options;
  const me = { id: Number(token.split(':')[0]), is_bot: true, first_name: 'Ahoy', username };
  const calls: BotCall[] = [];
  const failures = new Map<string, BotFailure[]>();
  const held = new Map<string, Promise<void>>();
  const blocked = new Set<number>();
  const chats = createBotChats(me);
  const updates = createBotUpdates();
  const settings = new Map<string, unknown>();
  const answered = new Map<string, (payload: Payload) => void>();

  async function answer(method: string, payload: Payload, response: ServerResponse): Promise<BotAnswer> {
    await held.get(method);
    const failure = failures.get(method)?.shift();
    if (failure) return refuse(failure);
    const to = Number(payload.chat_id);
    switch (method) {
      case 'getMe':
        return accept({ ...me, can_join_groups: false, has_main_web_app: true });
      case 'getUpdates':
        return updates.poll(payload, (stop) => response.once('close', stop));
      case 'setWebhook':
        return accept(updates.setWebhook(String(payload.url ?? ''), String(payload.secret_token ?? '')));
      case 'deleteWebhook':
        return accept(updates.setWebhook('', ''));
      case 'getWebhookInfo':
        return accept(updates.webhookInfo());
      case 'sendMessage':
        if (blocked.has(to)) return refuse(BLOCKED);
        return accept(chats.send(to, payload));
      case 'editMessageText':
      case 'editMessageReplyMarkup':
        if (blocked.has(to)) return refuse(BLOCKED);
        return chats.edit(to, payload);
      case 'deleteMessage':
        return chats.remove(to, payload);
      case 'answerCallbackQuery':
        answered.get(String(payload.callback_query_id))?.(payload);
        return accept(true);
      case 'getMyCommands':
        return accept(settings.get(keyOf('setMyCommands', payload)) ?? []);
      case 'setMyCommands':
      case 'setMyDescription':
      case 'setMyShortDescription':
      case 'setChatMenuButton':
        settings.set(keyOf(method, payload), payload.commands ?? payload);
        return accept(true);
      case 'getMyDescription':
        return accept(settings.get(keyOf('setMyDescription', payload)) ?? { description: '' });
      case 'getMyShortDescription':
        return accept(settings.get(keyOf('setMyShortDescription', payload)) ?? { short_description: '' });
      default:
        return refuse({ status: 404, description: 'Not Found' });
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error) => response.destroy(error));
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, given, method] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const payload = await readJson(request);
    const call: BotCall = { method: method ?? '', payload, status: 0, at: Date.now() };
    calls.push(call);
    const result =
      given === token && method
        ? await answer(method, payload, response)
        : refuse({ status: given ? 401 : 404, description: given ? 'Unauthorized' : 'Not Found' });
    call.status = result.status;
    response.writeHead(result.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(result.body));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function tell(update: Payload): Promise<void> {
    await updates.add(update);
  }

  return {
    url,
    token,
    username,
    env: { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_URL: url, TELEGRAM_WEBHOOK: 'off' },
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method),
    chat: (telegramId) => chats.of(telegramId),
    fail(method, failure, times = 1) {
      const list = failures.get(method) ?? [];
      failures.set(method, [...list, ...Array.from({ length: times }, () => failure)]);
    },
    hold(method) {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(method, promise);
      return () => {
        held.delete(method);
        resolve();
      };
    },
    async block(user, isBlocked = true, isSilent = false) {
      if (isBlocked) blocked.add(user.id);
      else blocked.delete(user.id);
      if (isSilent) return;
      const member = (status: string) => ({ status, user: me });
      const [was, is] = isBlocked ? ['member', 'kicked'] : ['kicked', 'member'];
      await tell({
        my_chat_member: {
          ...{ chat: privateChat(user), from: user, date: seconds() },
          ...{ old_chat_member: member(was ?? ''), new_chat_member: member(is ?? '') },
        },
      });
    },
    say: (user, text) => tell({ message: chats.hear(user, text) }),
    async press(user, message, label) {
      const button = message.buttons.find(({ text }) => text.includes(label));
      if (!button?.callback_data) throw new Error(`no button ${label} that calls the bot`);
      const id = `callback-${calls.length}-${Math.random().toString(36).slice(2)}`;
      const { promise, resolve, reject } = Promise.withResolvers<Payload>();
      answered.set(id, resolve);
      const timer = setTimeout(() => reject(new Error('the bot did not answer a tap')), PRESS_TIMEOUT_MS);
      const { chatId, messageId } = message;
      const about = { message_id: messageId, date: seconds(), chat: { id: chatId, type: 'private' } };
      await tell({
        callback_query: { id, from: user, chat_instance: '1', data: button.callback_data, message: about },
      });
      return promise.finally(() => clearTimeout(timer));
    },
    inject: (update) => updates.add(update),
    pending: updates.pending,
    webhook: updates.webhook,
    async stop() {
      for (const method of [...held.keys()]) held.delete(method);
      updates.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const BLOCKED: BotFailure = { status: 403, description: 'Forbidden: bot was blocked by the user' };

const keyOf = (method: string, payload: Payload) => `${method} ${payload.language_code ?? ''}`;

async function readJson(request: IncomingMessage): Promise<Payload> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : (JSON.parse(text) as Payload);
}
