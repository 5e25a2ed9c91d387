import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';

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
    serializers: { err: describeError },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: {
      // `code` only where a person typed it: `err.code` tells what failed.
      paths: ['code', 'input.code', ...SECRET_FIELDS.flatMap((field) => [field, `*.${field}`])],
      censor: '[removed]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** What a failed statement carries along is what people wrote: their texts, addresses and hashes. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = stdSerializers.err(error);
  const parts = error instanceof AggregateError ? { errors: error.errors.map(describeError) } : {};
  return { type, message, stack, ...parts, ...wordsOf(error) };
}

const TOLD = ['code', 'constraint', 'table', 'syscall', 'query'];

function wordsOf(error: Error): Record<string, unknown> {
  return Object.fromEntries(Object.entries(error).filter(([key]) => TOLD.includes(key)));
}
