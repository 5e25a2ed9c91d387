import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

const SECRET_FIELDS = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'inviteCode',
  'authorization',
  'cookie',
  'email',
  'text',
  'html',
];

/** Structured JSON log. Secrets, addresses and texts are dropped at the top level and one below it. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: undefined,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: {
      // `code` only where a person typed it: `err.code` tells what failed.
      paths: ['code', 'input.code', ...SECRET_FIELDS.flatMap((field) => [field, `*.${field}`])],
      censor: '[removed]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
