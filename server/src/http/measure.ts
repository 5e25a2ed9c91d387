import type { RequestHandler } from 'express';
import type { Log } from '../log.ts';

/** An answered request. `procedure` is its name in the contract, else `page`, `health` or `unknown`. */
export type RequestFigures = {
  procedure: string;
  method: string;
  status: number;
  seconds: number;
};

const MS_PER_SECOND = 1000;
/** As nginx calls it: the other side went away before its answer was whole. */
const CLIENT_CLOSED = 499;

/** Tells of each request when it is over: one line at level debug, without address, query or text. */
export function measureRequests(log: Log, onEnd: (request: RequestFigures) => void): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    const { method } = request;
    const fallback = request.path.startsWith('/api') ? 'unknown' : 'page';
    response.once('close', () => {
      const { procedure = fallback, requestId } = response.locals as {
        procedure?: string;
        requestId: string;
      };
      const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED;
      const ms = performance.now() - start;
      onEnd({ procedure, method, status, seconds: ms / MS_PER_SECOND });
      log.debug({ requestId, procedure, status, ms: Math.round(ms) }, 'answered');
    });
    next();
  };
}
