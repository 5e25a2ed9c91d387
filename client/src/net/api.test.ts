import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contract } from '@ahoy/shared/protocol/contract.ts';
import { minifyContractRouter } from '@orpc/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { type ApiOptions, createApi, createRefreshMemory } from './api.ts';
import { toFailure } from './failure.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

describe('api', () => {
  it('calls by the minified contract, with the token', async () => {
    const seen: string[] = [];
    const api = await apiTo((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      json(response, 200, { person: null });
    });
    expect(await api.contacts.find({ query: '@bob' })).toEqual({ person: null });
    expect(seen).toEqual(['GET /api/people?query=%40bob Bearer old']);
  });

  it('keeps a session in memory by headers, and sends the refresh token only where there is no other', async () => {
    const seen: unknown[] = [];
    const memory = createRefreshMemory();
    const answer: Handler = ({ headers }, response) => {
      seen.push([headers['ahoy-session'], headers['ahoy-refresh'], headers.authorization]);
      response.setHeader('Ahoy-Refresh', `token ${seen.length}`);
      json(response, 200, { person: null });
    };
    const entrance = await apiTo(answer, undefined, { memory, getAccessToken: async () => null });
    await entrance.contacts.find({ query: '@bob' });
    expect(memory.read()).toBe('token 1');
    await entrance.contacts.find({ query: '@bob' });
    await (await apiTo(answer, undefined, { memory })).contacts.find({ query: '@bob' });
    expect(seen).toEqual([
      ['memory', undefined, undefined],
      ['memory', 'token 1', undefined],
      ['memory', undefined, 'Bearer old'],
    ]);
  });

  it('refreshes once after a 401 and sends the same body again', async () => {
    const bodies: string[] = [];
    const api = await apiTo(async (request, response) => {
      bodies.push(await bodyOf(request));
      if (request.headers.authorization === 'Bearer old') json(response, 401, refusal('UNAUTHORIZED', 401));
      else json(response, 200, {});
    });
    const chats = [{ chatId: '0190a0a0-0000-7000-8000-000000000000', seq: 1 }];
    expect(await api.messages.delivered({ chats })).toEqual({});
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toBe(bodies[0]);
  });

  it('passes the refusal on when there is no other token', async () => {
    const api = await apiTo(
      (_, response) => json(response, 401, refusal('SESSION_ENDED', 401)),
      async () => null,
    );
    await expect(api.identity.me({}).catch(toFailure)).resolves.toEqual({ code: 'SESSION_ENDED' });
  });

  it('reads what an error says beyond its code', async () => {
    const data = { retryAfterSeconds: 7, triesLeft: 2, fields: ['text'] };
    const api = await apiTo((_, response) => json(response, 429, refusal('TOO_MANY_REQUESTS', 429, data)));
    await expect(api.identity.me({}).catch(toFailure)).resolves.toEqual({
      code: 'TOO_MANY_REQUESTS',
      ...data,
    });
  });

  it('calls it a network failure when something else answers', async () => {
    const api = await apiTo((_, response) => {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    });
    await expect(api.identity.me({}).catch(toFailure)).resolves.toEqual({ code: 'NETWORK' });
  });

  it('ends within the timeout when nothing answers', async () => {
    const api = await apiTo(() => undefined);
    await expect(api.identity.me({}).catch(toFailure)).resolves.toEqual({ code: 'NETWORK' });
  });
});

async function apiTo(
  handler: Handler,
  onUnauthorized: () => Promise<string | null> = async () => 'new',
  wish: Partial<ApiOptions> = {},
) {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return createApi({
    contract: minifyContractRouter(contract),
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    getAccessToken: async () => 'old',
    onUnauthorized,
    fetch: (request) => fetch(request),
    timeoutMs: 500,
    ...wish,
  });
}

function refusal(code: string, status: number, data?: object) {
  return { defined: true, code, status, message: '', data };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
