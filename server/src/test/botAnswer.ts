/** How the Bot API answers. */
export type BotAnswer = { status: number; body: unknown };
export type BotFailure = { status: number; retryAfter?: number; description?: string };
export type TelegramUser = {
  id: number;
  is_bot: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code?: string;
};

export const accept = (result: unknown): BotAnswer => ({ status: 200, body: { ok: true, result } });

export function refuse({ status, retryAfter, description = 'Failed' }: BotFailure): BotAnswer {
  const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } };
  return { status, body: { ok: false, error_code: status, description, ...parameters } };
}

export const seconds = () => Math.floor(Date.now() / 1000);

export const privateChat = ({ id, first_name }: TelegramUser) => ({ id, type: 'private', first_name });
