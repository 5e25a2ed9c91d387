import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import proxyAddr from 'proxy-addr';
import { z } from 'zod';
import type { LogLevel } from './log.ts';
import { type PushConfig, pushEnvironment, readPushConfig } from './pushConfig.ts';
import { readTelegramConfig, type TelegramConfig, telegramEnvironment } from './telegramConfig.ts';

export interface Config extends PushConfig {
  port: number;
  /** Absent: all interfaces. */
  host?: string;
  /** The origin people open, without a trailing slash. Absent: the address that the server listens on. */
  publicUrl?: string;
  /** Absolute path. */
  dataDir: string;
  /** Absent: the embedded PostgreSQL, kept in `dataDir`. */
  databaseUrl?: string;
  /** Absent: this is the only process. */
  redisUrl?: string;
  /** Absent: letters become files in `<dataDir>/mail`. */
  smtpUrl?: string;
  mailFrom: string;
  /** Where /metrics is served without a token. Absent: nowhere. */
  metricsPort?: number;
  metricsHost: string;
  /** With it /metrics is served beside the app, too. */
  metricsToken?: string;
  registrationSecret?: string;
  /** For calls: how browsers find their own address, and relays where nothing else gets through. */
  stunUrls: string[];
  turnUrls: string[];
  /** Shared with coturn; credentials are made with it. */
  turnSecret?: string;
  /** How long such credentials can be used; clients renew them in time. */
  turnCredentialSeconds: number;
  longestCallMinutes: number;
  /** How many people fit into a room's call. */
  roomPeople: number;
  telegram: TelegramConfig;
  trustedProxies: string[];
  logLevel: LogLevel;
  /** The 32-byte master key. Absent: generated into `<dataDir>/secret.key`. */
  secretKey?: Buffer;
  /** Where the built client lies, an absolute path. Absent: `client/dist` of this repository. */
  clientDir?: string;
  /** false: browsers are told to remove the app's worker. */
  hasServiceWorker: boolean;
  /** Absolute paths of the operator's own pages. */
  termsFile?: string;
  privacyFile?: string;
}

/** A wrong environment; the message is one line that names the variable. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const urlOf = (protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

/** Lists of addresses as RFC 7064 and RFC 7065 write them. */
const iceUrls = (schemes: string[]) =>
  z
    .string()
    .default('')
    .transform(splitList)
    .refine((urls) => urls.length <= LIMITS.iceUrls && urls.every((url) => isIceUrl(url, schemes)), {
      error: `must be at most ${LIMITS.iceUrls} addresses separated by commas, like ${schemes[0]}host:3478`,
    });

const readableFile = z
  .string()
  .transform((path) => resolve(path))
  .refine(isReadableFile, 'must be a file that can be read');

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
  .transform(Number)
  .refine((port) => port <= 65_535, 'must be a number from 0 to 65535');

const environment = z.object({
  PORT: portNumber.default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: urlOf(['http:', 'https:'])
    .refine((value) => isOrigin(value), 'must have no path, query or password, like https://chat.example.org')
    .transform((value) => new URL(value).origin)
    .optional(),
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((path) => resolve(path)),
  DATABASE_URL: urlOf(['postgres:', 'postgresql:']).optional(),
  REDIS_URL: urlOf(['redis:', 'rediss:']).optional(),
  SMTP_URL: urlOf(['smtp:', 'smtps:']).optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/,
      'must be an address like ahoy@example.org or Ahoy <ahoy@example.org>',
    )
    .default('Ahoy <ahoy@localhost>'),
  REGISTRATION_SECRET: z.string().min(8, 'must have at least 8 characters').optional(),
  STUN_URLS: iceUrls(['stun:', 'stuns:']),
  TURN_URLS: iceUrls(['turn:', 'turns:']),
  TURN_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  TURN_CREDENTIAL_SECONDS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'must be a number of seconds from 1 to 99999')
    .default('3600')
    .transform(Number),
  LONGEST_CALL_MINUTES: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'must be a number of minutes from 1 to 99999')
    .default('720')
    .transform(Number),
  ROOM_PEOPLE: z
    .string()
    .regex(/^([2-9]|1[0-6])$/, 'must be a number of people from 2 to 16')
    .default(String(LIMITS.meshPeople))
    .transform(Number),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) => splitList(list))
    .refine(areProxies, 'must be addresses or networks separated by commas, like 10.0.0.0/8,::1'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  SECRET_KEY: z
    .string()
    .refine((value) => decodeKey(value).length === 32, 'must be 32 bytes in base64 or hexadecimal')
    .transform(decodeKey)
    .optional(),
  METRICS_PORT: portNumber.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, 'must have at least 16 characters and no spaces')
    .optional(),
  CLIENT_DIR: z
    .string()
    .transform((path) => resolve(path))
    .optional(),
  SERVICE_WORKER: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  ...pushEnvironment,
  ...telegramEnvironment,
  TERMS_FILE: readableFile.optional(),
  PRIVACY_FILE: readableFile.optional(),
});

/** Reads the whole configuration; an empty variable counts as absent. Throws ConfigError on the first wrong value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`${issue?.path.join('.')} ${issue?.message}`);
  }
  const values = parsed.data;
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    metricsPort: values.METRICS_PORT,
    metricsHost: values.METRICS_HOST,
    metricsToken: values.METRICS_TOKEN,
    registrationSecret: values.REGISTRATION_SECRET,
    stunUrls: values.STUN_URLS,
    turnUrls: values.TURN_URLS,
    turnSecret: values.TURN_SECRET,
    turnCredentialSeconds: values.TURN_CREDENTIAL_SECONDS,
    longestCallMinutes: values.LONGEST_CALL_MINUTES,
    roomPeople: values.ROOM_PEOPLE,
    trustedProxies: values.TRUSTED_PROXIES,
    logLevel: values.LOG_LEVEL,
    secretKey: values.SECRET_KEY,
    clientDir: values.CLIENT_DIR,
    hasServiceWorker: values.SERVICE_WORKER === 'on',
    ...readPushConfig(values),
    telegram: readTelegramConfig(values),
    termsFile: values.TERMS_FILE,
    privacyFile: values.PRIVACY_FILE,
  };
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
}

function isReadableFile(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

function splitList(list: string): string[] {
  return list
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

function areProxies(list: string[]): boolean {
  try {
    proxyAddr.compile(list);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function decodeKey(value: string): Buffer {
  return /^[0-9a-f]{64}$/i.test(value) ? Buffer.from(value, 'hex') : Buffer.from(value, 'base64');
}

function isIceUrl(url: string, schemes: string[]): boolean {
  return (
    schemes.some((scheme) => url.startsWith(scheme)) && /^[a-z]+:[^\s/?#]+(\?transport=(udp|tcp))?$/.test(url)
  );
}
