import { setTimeout as delay } from 'node:timers/promises';
import { Router } from 'express';

const RETRY_AFTER_SECONDS = 5;
const DATABASE_TIMEOUT_MS = 3_000;

export interface Health {
  isDraining(): boolean;
  /** Whether the database answers a question; one that takes too long counts as no. */
  isDatabaseReady(): Promise<boolean>;
}

/** `/health`: the process lives. `/health/ready`: requests can be served now. */
export function healthRoutes(health: Health): Router {
  const router = Router();
  router.use('/health', (_request, response, next) => {
    response.locals.procedure = 'health';
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.get('/health', (_request, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/health/ready', async (_request, response) => {
    if (!health.isDraining() && (await answersInTime(health))) {
      response.json({ status: 'ready' });
      return;
    }
    const status = health.isDraining() ? 'stopping' : 'database does not answer';
    response.status(503).setHeader('Retry-After', String(RETRY_AFTER_SECONDS)).json({ status });
  });
  return router;
}

function answersInTime(health: Health): Promise<boolean> {
  return Promise.race([health.isDatabaseReady(), delay(DATABASE_TIMEOUT_MS, false, { ref: false })]);
}
