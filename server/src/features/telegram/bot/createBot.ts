import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import type { DataSource } from 'typeorm';
import { createLeader } from '../../../database/leader.ts';
import type { Log } from '../../../log.ts';
import type { Announcer } from '../../announcements.ts';
import type { BotNotices, BotOutcome } from '../../notifications/botNotices.ts';
import type { Limits } from '../../rateLimits.ts';
import { BotFailure, createBotApi } from './botApi.ts';
import { createCommands } from './commands.ts';
import { createDeclineCodes } from './declineCode.ts';
import { introduceBot } from './introduceBot.ts';
import { noticesCleanup } from './noticeRows.ts';
import { createBotNotices } from './notices.ts';
import { createPace } from './pace.ts';
import { pollUpdates } from './pollUpdates.ts';
import { ALLOWED_UPDATES, createUpdates } from './updates.ts';

const BOT_LOCK = 0x62_6f_74;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
export const WEBHOOK_PATH = '/telegram/webhook';

export type BotParts = {
  dataSource: DataSource;
  announcer: Announcer;
  deriveKey: (purpose: string) => Buffer;
  log: Log;
  limits: Pick<Limits, 'botByTelegramUser'>;
  config: { token: string; apiUrl: string; hasWebhook: boolean; publicUrl: () => string };
  onOutcome(outcome: BotOutcome): void;
  /** For tests. */
  times?: { silenceMs?: number; sweepEveryMs?: number; lockEveryMs?: number };
};

export type TelegramBot = {
  /** null until Telegram has said it. */
  username(): string | null;
  notices: BotNotices;
  webhook: { path: string; isAllowed(secret: string): boolean; handle(update: unknown): Promise<void> };
  cleanup: ReturnType<typeof noticesCleanup>;
  /** Returns at once: whether Telegram answers is no condition for anything else. */
  start(): void;
  close(): Promise<void>;
};

/** The bot: what it tells people, and what they tell it. The only place that loads grammY. */
export function createBot(parts: BotParts): TelegramBot {
  const { dataSource, announcer, log, config, times = {} } = parts;
  const api = createBotApi(config);
  const declineCodes = createDeclineCodes(parts.deriveKey('telegram decline'));
  const webhookSecret = parts.deriveKey('telegram webhook').toString('base64url');
  const stopping = new AbortController();
  let bot: Bot | undefined;
  let starting: Promise<void> = Promise.resolve();

  const notices = createBotNotices({
    ...{ dataSource, announcer, log, api, pace: createPace(), onOutcome: parts.onOutcome },
    ...{ publicUrl: config.publicUrl, declineCode: declineCodes.make, ...times },
  });
  const updates = createUpdates(() => bot, log);
  const leader = createLeader({
    ...{ dataSource, log, lock: BOT_LOCK, retryMs: times.lockEveryMs },
    work: (signal) => (config.hasWebhook ? holdWebhook(signal) : poll(signal)),
  });

  async function learnName(): Promise<void> {
    await insist('getMe', stopping.signal, async () => {
      const me = await api.ask('getMe', (raw) => raw.getMe());
      const { limits } = parts;
      const commands = {
        ...{ dataSource, announcer, api, declineCodes, publicUrl: config.publicUrl },
        limit: limits.botByTelegramUser,
      };
      bot = createCommands(commands, config.token, me);
    });
    if (!stopping.signal.aborted) leader.start();
  }

  async function poll(signal: AbortSignal): Promise<void> {
    await insist('deleteWebhook', signal, () => api.ask('deleteWebhook', (raw) => raw.deleteWebhook({})));
    const introducing = introduce(signal);
    await pollUpdates({ api, updates, log }, signal);
    await introducing;
  }

  async function holdWebhook(signal: AbortSignal): Promise<void> {
    const webhook = {
      ...{ url: `${config.publicUrl()}${WEBHOOK_PATH}`, secret_token: webhookSecret },
      allowed_updates: [...ALLOWED_UPDATES],
    };
    await insist('setWebhook', signal, () => api.ask('setWebhook', (raw) => raw.setWebhook(webhook)));
    await introduce(signal);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  }

  const introduce = (signal: AbortSignal) =>
    insist('introduction', signal, () => introduceBot(api, config.publicUrl()));

  /** Again and again, until it is done or is not wanted any more. */
  async function insist(what: string, signal: AbortSignal, act: () => Promise<unknown>): Promise<void> {
    for (let tries = 0; !signal.aborted; tries += 1) {
      try {
        await act();
        return;
      } catch (error) {
        log.warn({ err: error, what }, 'Telegram did not do what the bot asked; trying again');
        const asked = error instanceof BotFailure ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
        const pauseMs = Math.max(asked, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries));
        // Rejects only when it is being stopped.
        await delay(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  return {
    username: () => bot?.botInfo.username ?? null,
    notices,
    webhook: {
      path: WEBHOOK_PATH,
      isAllowed: (secret) => config.hasWebhook && timingSafeEqual(digest(secret), digest(webhookSecret)),
      async handle(update) {
        // Telegram gives it again where this process is not ready yet.
        if (!bot) throw new BotFailure('webhook', 0, 'the bot does not know its name yet');
        if (isUpdate(update)) await updates.handle(update);
      },
    },
    cleanup: noticesCleanup(dataSource),
    start() {
      notices.start();
      starting = learnName();
    },
    async close() {
      stopping.abort();
      await starting;
      await leader.close();
      await updates.close();
      await notices.close();
    },
  };
}

/** Telegram proved itself by the secret; only what every update has is looked at. */
function isUpdate(update: unknown): update is Update {
  return typeof update === 'object' && update !== null && 'update_id' in update;
}

/** Compared as hashes: the time tells neither the length nor the beginning. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
