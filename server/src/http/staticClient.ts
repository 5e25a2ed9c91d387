import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type Request, type Response, Router } from 'express';
import { NO_WORKER } from './noWorker.ts';
import { precompressed } from './precompressed.ts';

const ASSETS = { index: false, immutable: true, maxAge: '1y', redirect: false } as const;

export interface ClientParts {
  /** The built client. */
  folder: string;
  /** Hashed files of earlier builds, which pages of theirs may still want. */
  keptAssets: string;
  /** Asked each time: whether browsers are to remove the worker. */
  isWorkerOff(): boolean;
}

/**
 * Serves the built client. Hashed assets may be kept forever, everything else is asked for again each time.
 * A page of the app is answered with its HTML, a missing file is not: a script must never be the HTML.
 */
export function staticClient({ folder, keptAssets, isWorkerOff }: ClientParts): Router {
  const router = Router();
  router.use(
    '/assets',
    precompressed(join(folder, 'assets')),
    express.static(join(folder, 'assets'), ASSETS),
    // Their time says how long they are kept, and nothing about their content.
    express.static(keptAssets, { ...ASSETS, lastModified: false }),
    (_request, response) => notFound(response),
  );
  const page = async (_request: Request, response: Response) => {
    const html = await readPage(folder);
    if (html === undefined) {
      response.status(503).type('text').send('The client is not built yet: npm run build\n');
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.type('html').send(html);
  };
  router.get(['/', '/index.html'], page);
  // Browsers ask for it by themselves on pages that name no icon, such as answers of the API.
  router.get('/favicon.ico', (_request, response) => response.redirect('/icons/icon-192.png'));
  router.get('/sw.js', (_request, response, next) => {
    if (!isWorkerOff()) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.type('js').send(NO_WORKER);
  });
  router.use(
    express.static(folder, {
      index: false,
      redirect: false,
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
    }),
  );
  router.get('/{*path}', (request, response, next) =>
    isNavigation(request) ? page(request, response) : next(),
  );
  router.use((_request, response) => notFound(response));
  return router;
}

/** Only a browser that opens a page asks for HTML by name; scripts and fetches take anything. */
function isNavigation(request: Request): boolean {
  return request.headers.accept?.includes('text/html') ?? false;
}

async function readPage(folder: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, 'index.html'), 'utf8');
  } catch {
    // Not built, or being built right now.
    return undefined;
  }
}

/** Not to be remembered: what is missing in the middle of an update is there a moment later. */
function notFound(response: Response): void {
  response.setHeader('Cache-Control', 'no-store');
  response.status(404).type('text').send('Not found\n');
}
