import { Api, GrammyError, HttpError, type RawApi } from 'grammy';

const TIMEOUT_SECONDS = 10;
/** Longer than Telegram holds a poll. */
const POLL_TIMEOUT_SECONDS = 45;
const DESCRIPTION_LENGTH = 200;

/** Why the Bot API did not do what it was asked. It carries no text, no name and no token, so it may be logged. */
export class BotFailure extends Error {
  override name = 'BotFailure';
  /** 0: it did not answer, or not in time. */
  readonly status: number;
  readonly description: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(method: string, status: number, description: string, retryAfterSeconds?: number) {
    super(`${method}: ${status} ${description}`);
    this.status = status;
    this.description = description;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The person refuses the bot, or has never opened it. */
  get isBlocked(): boolean {
    return this.status === 403 || /chat not found|user not found/i.test(this.description);
  }
}

export type BotApi = {
  /** Asks for one thing; throws BotFailure. */
  ask<T>(method: string, request: (raw: RawApi) => Promise<T>): Promise<T>;
  /** The same, with the patience of a long poll, until the signal. */
  poll<T>(
    method: string,
    request: (raw: RawApi, signal: PollSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T>;
};

/** That of the package that grammY uses, which Node's own is in all but its types. */
type PollSignal = Parameters<RawApi['getUpdates']>[1];

export type BotPlace = { token: string; apiUrl: string };

/** The Bot API by grammY, whose own errors name the address, and so the token, and what was to be said. */
export function createBotApi({ token, apiUrl }: BotPlace): BotApi {
  const apiRoot = apiUrl.replace(/\/+$/, '');
  const [usual, patient] = [TIMEOUT_SECONDS, POLL_TIMEOUT_SECONDS].map(
    (timeoutSeconds) => new Api(token, { apiRoot, timeoutSeconds }).raw,
  );
  if (!usual || !patient) throw new Error('there are two clients');
  const told = <T>(method: string, answer: Promise<T>) =>
    answer.catch((error: unknown) => {
      throw toFailure(method, error, token);
    });
  return {
    ask: (method, request) => told(method, request(usual)),
    poll: (method, request, signal) => told(method, request(patient, signal as unknown as PollSignal)),
  };
}

function toFailure(method: string, error: unknown, token: string): BotFailure {
  if (error instanceof GrammyError) {
    const description = error.description.replaceAll(token, '<token>').slice(0, DESCRIPTION_LENGTH);
    return new BotFailure(method, error.error_code, description, error.parameters.retry_after);
  }
  const cause: unknown = error instanceof HttpError ? error.error : error;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new BotFailure(method, 0, `no answer${code}`);
}
