import { OpenAPIHandler } from '@orpc/openapi/node';
import { type AnyRouter, ORPCError } from '@orpc/server';
import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import type { Log } from '../log.ts';
import { sendApiError, setRetryAfter, toApiError } from './apiErrors.ts';
import type { RequestContext } from './context.ts';
import { apiDocs } from './docs.ts';
import { createMethodLookup, generateOpenApi } from './openApi.ts';
import { sameOriginOnly } from './sameOrigin.ts';

export const BODY_BYTES = 256 * 1024;
const DRAINING_RETRY_SECONDS = 5;

export interface ApiParts {
  router: AnyRouter;
  log: Log;
  publicUrl?: string;
  contextOf(request: Request, response: Response): RequestContext;
  isDraining(): boolean;
}

/** Everything below /api but health: checks, procedures, documentation, and one shape for every failure. */
export async function apiRoutes(parts: ApiParts): Promise<Router> {
  const document = await generateOpenApi(parts.router);
  const methodsOf = createMethodLookup(document);
  const handle = createProcedures(parts);
  const api = Router();
  api.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    if (!parts.isDraining()) return next();
    response.setHeader('Connection', 'close');
    sendApiError(response, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: DRAINING_RETRY_SECONDS });
  });
  api.use(apiDocs(document));
  api.use(sameOriginOnly(parts.publicUrl));
  api.use(jsonBodiesOnly);
  api.use(express.json({ limit: BODY_BYTES, strict: false }));
  api.use(handle);
  api.use((request, response) => {
    const methods = methodsOf(request.path);
    if (methods.length === 0) return sendApiError(response, 'NOT_FOUND');
    response.setHeader('Allow', methods.join(', '));
    sendApiError(response, 'METHOD_NOT_SUPPORTED');
  });
  api.use(failureHandler(parts.log));
  return api;
}

/** Forms and plain text are what a foreign page can post without asking: no procedure takes them. */
const jsonBodiesOnly = (request: Request, response: Response, next: () => void): void => {
  const hasBody = request.headers['content-length'] !== '0';
  if (hasBody && request.is('json') === false) sendApiError(response, 'BAD_REQUEST');
  else next();
};

function createProcedures({ router, log, contextOf }: ApiParts) {
  const handler = new OpenAPIHandler<RequestContext & { response: Response }>(router, {
    clientInterceptors: [
      ({ next, context, path }) => {
        context.response.locals.procedure = path.join('.');
        return next();
      },
    ],
    interceptors: [
      async ({ next, context }) => {
        try {
          return await next();
        } catch (error) {
          const known = toApiError(error, log, context.requestId);
          if (known instanceof ORPCError) setRetryAfter(context.response, known.data);
          throw known;
        }
      },
    ],
  });
  return async (request: Request, response: Response, next: () => void): Promise<void> => {
    const context = { ...contextOf(request, response), response };
    const { matched } = await handler.handle(request, response, { prefix: '/api', context });
    if (!matched) next();
  };
}

/** What express refuses before a procedure is found, and what nobody foresaw. */
function failureHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error instanceof Error && 'status' in error ? error.status : 500;
    if (status === 413) {
      response.setHeader('Connection', 'close');
      return sendApiError(response, 'PAYLOAD_TOO_LARGE');
    }
    if (typeof status === 'number' && status >= 400 && status < 500)
      return sendApiError(response, 'BAD_REQUEST');
    const requestId = String(response.locals.requestId);
    log.error({ err: error, requestId }, 'a request failed unexpectedly');
    sendApiError(response, 'INTERNAL_SERVER_ERROR', { requestId });
  };
}
