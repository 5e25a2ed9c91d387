import { z } from 'zod';
import { authorityFile, hostPatterns } from './guardedConfig.ts';

export interface TelegramConfig {
  /** The bot's token; absent: no bot writes, and launch data is checked by Telegram's own signature, if at all. */
  token?: string;
  /** The bot's id: of the token, or by itself. Absent: nothing of Telegram is there. */
  botId?: number;
  /** The Bot API; another one for tests or a server of one's own. */
  apiUrl: string;
  /** Ed25519 public keys (hexadecimal) whose signature under launch data counts. */
  publicKeys: string[];
  /** Signs in on the web by OpenID Connect; the client's id is the bot's. Absent: not on the web. */
  login?: { issuer: string; secret: string };
  /** Origins of Telegram's web clients, which may frame the app. */
  frameOrigins: string[];
  /** Where photos of Telegram users may lie: `host`, `*.host`, `host:port`. */
  photoHosts: string[];
  /** For tests: such hosts on loopback, with certificates of this authority (PEM). */
  photoTestAuthority?: string;
  /** Whether Telegram is told to call us; else the bot asks again and again. */
  hasWebhook: boolean;
}

/** Telegram's keys for third-party validation of launch data, of its real and its test environment. */
const KEYS: Record<string, string> = {
  production: 'e7bf03a2fa4602af4580703d88dda5bb59f32ed8b02a56c187fe7d34caed242d',
  test: '40055058a4ee38156a06562e52eece92a771bcd8346a8c4615cb7376eddf72ec',
};

/** As launch data and logins name them, and where those redirect to. */
const PHOTO_HOSTS = 't.me,*.t.me,*.telegram.org,*.telesco.pe,*.cdn-telegram.org';

const url = z.string().refine(isHttpUrl, 'must be a URL that starts with https:// or http://');
const list = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

export const telegramEnvironment = {
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d{3,16}:[\w-]{20,}$/, 'must be a token as BotFather gives it, like 123456:ABC-DEF...')
    .optional(),
  TELEGRAM_BOT_ID: z
    .string()
    .regex(/^\d{3,16}$/, 'must be the number of a bot')
    .optional(),
  TELEGRAM_API_URL: url.default('https://api.telegram.org'),
  TELEGRAM_PUBLIC_KEYS: z
    .string()
    .default('production')
    .transform((text) => list(text).map((key) => KEYS[key] ?? key.toLowerCase()))
    .refine((keys) => keys.every((key) => /^[0-9a-f]{64}$/.test(key)), {
      error: 'must be production, test or keys of 64 hexadecimal digits, separated by commas',
    }),
  TELEGRAM_LOGIN_SECRET: z.string().min(8, 'must have at least 8 characters').optional(),
  TELEGRAM_OIDC_ISSUER: url
    .refine(isSecureOrLocal, 'must start with https://, unless it is on this machine')
    .default('https://oauth.telegram.org'),
  TELEGRAM_WEB_ORIGINS: z
    .string()
    .default('https://web.telegram.org')
    .transform(list)
    .refine(
      (origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
      {
        error: 'must be origins separated by commas, like https://web.telegram.org',
      },
    ),
  TELEGRAM_PHOTO_HOSTS: hostPatterns(PHOTO_HOSTS),
  TELEGRAM_TEST_CA_FILE: authorityFile,
  TELEGRAM_WEBHOOK: z.enum(['on', 'off'], { error: 'must be on or off' }).optional(),
};

type Values = {
  TELEGRAM_BOT_TOKEN?: string;
  TELEGRAM_BOT_ID?: string;
  TELEGRAM_API_URL: string;
  TELEGRAM_PUBLIC_KEYS: string[];
  TELEGRAM_LOGIN_SECRET?: string;
  TELEGRAM_OIDC_ISSUER: string;
  TELEGRAM_WEB_ORIGINS: string[];
  TELEGRAM_PHOTO_HOSTS: string[];
  TELEGRAM_TEST_CA_FILE?: string;
  TELEGRAM_WEBHOOK?: 'on' | 'off';
  PUBLIC_URL?: string;
};

/** Without TELEGRAM_WEBHOOK there is a webhook where Telegram can reach one: at a public https address. */
export function readTelegramConfig(values: Values): TelegramConfig {
  const token = values.TELEGRAM_BOT_TOKEN;
  const botId = token?.split(':')[0] ?? values.TELEGRAM_BOT_ID;
  const secret = values.TELEGRAM_LOGIN_SECRET;
  return {
    token,
    botId: botId === undefined ? undefined : Number(botId),
    apiUrl: values.TELEGRAM_API_URL,
    publicKeys: values.TELEGRAM_PUBLIC_KEYS,
    login: botId && secret ? { issuer: values.TELEGRAM_OIDC_ISSUER, secret } : undefined,
    frameOrigins: botId ? values.TELEGRAM_WEB_ORIGINS : [],
    photoHosts: values.TELEGRAM_PHOTO_HOSTS,
    photoTestAuthority: values.TELEGRAM_TEST_CA_FILE,
    hasWebhook: values.TELEGRAM_WEBHOOK
      ? values.TELEGRAM_WEBHOOK === 'on'
      : (values.PUBLIC_URL?.startsWith('https:') ?? false),
  };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isSecureOrLocal(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
