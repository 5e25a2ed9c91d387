import { createServer, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { AnyRouter } from '@orpc/server';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Log } from '../log.ts';
import { apiRoutes, BODY_BYTES } from './api.ts';
import { healthRoutes } from './health.ts';
import { measureRequests, type RequestFigures } from './measure.ts';
import { type MetricsPage, metricsRoute } from './metricsRoute.ts';
import { createOverload, type OverloadOptions } from './overload.ts';
import { assignRequestId, createContextFactory, createIsSecure } from './requestContext.ts';
import { securityHeaders } from './securityHeaders.ts';
import { type ClientParts, staticClient } from './staticClient.ts';
import { type Webhook, webhookRoute } from './webhookRoute.ts';

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than the idle time of usual proxies, so that they, not we, end a kept connection. */
const KEEP_ALIVE_MS = 65_000;
/** A connection on which nothing moves, such as one whose answer nobody reads. WebSockets have pings instead. */
const IDLE_MS = 60_000;
const CONNECTIONS = 20_000;
const HEADERS_COUNT = 100;
const DRAIN_MS = 10_000;
const DRAIN_POLL_MS = 50;

export interface HttpParts {
  publicUrl?: string;
  trustedProxies: string[];
  /** Origins that may frame the app. */
  frameOrigins?: readonly string[];
  log: Log;
  /** The implemented contract; its context is RequestContext. */
  router: AnyRouter;
  client: ClientParts;
  isDatabaseReady(): Promise<boolean>;
  /** Hears of every request when it is over. */
  onRequest?(request: RequestFigures): void;
  onShed?(): void;
  metrics?: MetricsPage;
  /** Of the bot, where there is one. */
  webhook?: Webhook | undefined;
  /** For tests. */
  overload?: Partial<OverloadOptions>;
}

export interface HttpServer {
  app: Express;
  /** Not listening yet; socket.io attaches to it. */
  server: Server;
  /** Answers "not ready" and 503 to new API requests from now on. */
  drain(): void;
  /** API requests that are in progress. */
  inProgress(): number;
  /**
   * Drains, stops accepting, waits up to ten seconds for requests under way, and closes what is left of them.
   * WebSockets stay: they are the realtime part's to close, and would otherwise be waited for.
   */
  close(): Promise<void>;
}

export async function createHttpServer(parts: HttpParts): Promise<HttpServer> {
  const { log } = parts;
  let isDraining = false;
  const isSecure = createIsSecure(parts);
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', parts.trustedProxies);
  app.set('query parser', 'simple');
  const overload = createOverload({ bodyBytes: BODY_BYTES, ...parts.overload }, () => parts.onShed?.());
  app.use(
    assignRequestId(),
    measureRequests(log, (request) => parts.onRequest?.(request)),
  );
  app.use(...securityHeaders(isSecure, parts.frameOrigins));
  app.use('/api', healthRoutes({ isDraining: () => isDraining, isDatabaseReady: parts.isDatabaseReady }));
  app.use(
    '/api',
    await apiRoutes({
      ...parts,
      contextOf: createContextFactory(parts),
      isDraining: () => isDraining,
    }),
  );
  if (parts.metrics) app.use(metricsRoute(parts.metrics));
  if (parts.webhook) app.use(webhookRoute(parts.webhook, log));
  // Only what is public: compressing answers beside secrets would tell of them by their length.
  app.use(compression(), staticClient(parts.client));
  app.use(pageFailure(log));

  const server = createServer(overload.guard(app));
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.timeout = IDLE_MS;
  server.maxConnections = CONNECTIONS;
  server.maxHeadersCount = HEADERS_COUNT;

  const underWay = new Set<ServerResponse>();
  server.on('request', (_request, response) => {
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });

  return {
    app,
    server,
    drain() {
      isDraining = true;
    },
    inProgress: overload.inProgress,
    async close() {
      isDraining = true;
      overload.stop();
      if (!server.listening) return;
      server.close();
      const deadline = performance.now() + DRAIN_MS;
      while (underWay.size > 0 && performance.now() < deadline) await delay(DRAIN_POLL_MS);
      // Not waited for: the server also counts upgraded connections, which neither of these two closes.
      if (underWay.size > 0) server.closeAllConnections();
      else server.closeIdleConnections();
    },
  };
}

function pageFailure(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
    if (status >= 500) {
      log.error({ err: error, requestId: response.locals.requestId }, 'a request failed unexpectedly');
    }
    response
      .status(status)
      .type('text')
      .send(status >= 500 ? 'Something went wrong\n' : 'Bad request\n');
  };
}
