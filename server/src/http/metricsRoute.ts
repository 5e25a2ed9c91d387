import { createHash, timingSafeEqual } from 'node:crypto';
import { type Request, Router } from 'express';
import { sendApiError } from './apiErrors.ts';

export interface MetricsPage {
  /** Absent: the page does not exist here. */
  token?: string;
  contentType: string;
  render(): Promise<string>;
}

/** `/metrics` for who bears the token; for everybody else it does not exist. */
export function metricsRoute({ token, contentType, render }: MetricsPage): Router {
  const router = Router();
  router.get('/metrics', async (request, response) => {
    if (!token || !bears(request, token)) return sendApiError(response, 'NOT_FOUND');
    const text = await render();
    response.setHeader('Cache-Control', 'no-store').type(contentType).send(text);
  });
  return router;
}

/** Compared as hashes: the time tells neither the length nor the beginning. */
function bears(request: Request, token: string): boolean {
  const [scheme, given = ''] = request.headers.authorization?.split(' ') ?? [];
  return scheme?.toLowerCase() === 'bearer' && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
