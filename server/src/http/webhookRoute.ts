import { json, type Request, type Response, Router } from 'express';
import type { Log } from '../log.ts';
import { sendApiError } from './apiErrors.ts';

export interface Webhook {
  path: string;
  /** Whether this is what only Telegram was told. */
  isAllowed(secret: string): boolean;
  /** Rejects what is to be given once more, a little later. */
  handle(update: unknown): Promise<void>;
}

/** An update is a message with what it answers to, far below this. */
const BODY = { limit: '256kb', type: () => true } as const;

/** Takes what Telegram tells the bot. Whoever lacks the secret finds nothing here, and is not listened to. */
export function webhookRoute({ path, isAllowed, handle }: Webhook, log: Log): Router {
  const router = Router();
  router.post(
    path,
    (request, response, next) => {
      if (isAllowed(request.get('x-telegram-bot-api-secret-token') ?? '')) return next();
      sendApiError(response, 'NOT_FOUND');
    },
    json(BODY),
    async (request: Request, response: Response) => {
      try {
        await handle(request.body);
        response.status(200).end();
      } catch (error) {
        log.warn({ err: error }, 'an update of Telegram was not taken; it will come again');
        sendApiError(response, 'SERVICE_UNAVAILABLE');
      }
    },
  );
  return router;
}
