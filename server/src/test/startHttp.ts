import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oc } from '@orpc/contract';
import { implement, ORPCError } from '@orpc/server';
import { z } from 'zod';
import type { RequestContext } from '../http/context.ts';
import { createHttpServer, type HttpParts, type HttpServer } from '../http/server.ts';
import { createLog } from '../log.ts';

const contract = {
  echo: oc
    .route({ method: 'POST', path: '/echo/{name}' })
    .errors({ BAD_REQUEST: { status: 400 } })
    .input(z.strictObject({ name: z.string().max(10), text: z.string().max(100) }))
    .output(z.object({ name: z.string(), text: z.string() })),
  who: oc.route({ method: 'GET', path: '/who' }).output(z.record(z.string(), z.unknown())),
  signIn: oc.route({ method: 'POST', path: '/sign-in' }).output(z.object({})),
  fail: oc
    .route({ method: 'POST', path: '/fail/{how}' })
    .input(z.object({ how: z.string() }))
    .output(z.object({ n: z.number() })),
};

export interface TestHttp extends HttpServer {
  url: string;
  lines: string[];
  stop(): Promise<void>;
}

/** The HTTP part alone, with four procedures that show what procedures see. */
export async function startHttp(
  options: Partial<HttpParts> & { gate?: Promise<void>; isWorkerOff?: () => boolean } = {},
): Promise<TestHttp> {
  const clientFolder = await mkdtemp(join(tmpdir(), 'ahoy-client-'));
  await mkdir(join(clientFolder, 'assets'));
  await writeFile(join(clientFolder, 'index.html'), '<!doctype html><p>Ahoy</p>');
  await writeFile(join(clientFolder, 'sw.js'), '1');
  await writeFile(join(clientFolder, 'assets', 'app-1a2b.js'), '2');
  const keptAssets = join(clientFolder, 'kept');
  await mkdir(keptAssets);
  await writeFile(join(keptAssets, 'app-0a0b.js'), '0');
  await writeFile(join(keptAssets, 'app-1a2b.js'), 'older');
  const lines: string[] = [];
  const os = implement(contract).$context<RequestContext>();
  const router = os.router({
    echo: os.echo.handler(({ input }) => input),
    who: os.who.handler(({ context }) => ({
      address: context.address,
      isSecure: context.isSecure,
      cookies: { ...context.cookies },
      isSessionInMemory: context.isSessionInMemory,
      sessionToken: context.sessionToken ?? null,
      userAgent: context.userAgent,
    })),
    signIn: os.signIn.handler(({ context }) => {
      context.keepSessionToken('a b', 60);
      return {};
    }),
    fail: os.fail.handler(async ({ input }) => {
      if (input.how === 'slow') await options.gate;
      if (input.how === 'busy') {
        throw new ORPCError('TOO_MANY_REQUESTS', { status: 429, data: { retryAfterSeconds: 7 } });
      }
      if (input.how === 'unknown') throw new ORPCError('MADE_UP', { status: 418, message: 'secret detail' });
      if (input.how === 'exhausted') throw new Error('timeout exceeded when trying to connect');
      if (input.how === 'away') {
        throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' });
      }
      if (input.how === 'crash') throw new Error('secret detail');
      return input.how === 'slow' ? { n: 1 } : ({} as { n: number });
    }),
  });
  const http = await createHttpServer({
    trustedProxies: [],
    log: createLog('warn', { write: (line) => lines.push(line) }),
    router,
    client: { folder: clientFolder, keptAssets, isWorkerOff: options.isWorkerOff ?? (() => false) },
    isDatabaseReady: async () => true,
    ...options,
  });
  http.server.listen(0, '127.0.0.1');
  await once(http.server, 'listening');
  return {
    ...http,
    lines,
    url: `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`,
    async stop() {
      await http.close();
      await rm(clientFolder, { recursive: true });
    },
  };
}
