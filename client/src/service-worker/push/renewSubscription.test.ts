import { createId } from '@ahoy/shared/domain/ids.ts';
import { contract } from '@ahoy/shared/protocol/contract.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renewSubscription } from './renewSubscription.ts';

const TIME = '2026-01-01T00:00:00.000Z';
const KEYS = { p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) };
const OLD_KEY = new Uint8Array([4, 1, 2, 3]).buffer;

type Key = PushSubscriptionOptionsInit['applicationServerKey'];

/** What the server was told, and with which keys the browser was asked for a subscription. */
let told: unknown[];
let keys: Key[];
let isOnline: boolean;

beforeEach(() => {
  told = [];
  keys = [];
  isOnline = true;
  vi.spyOn(console, 'debug').mockReturnValue();
  vi.stubGlobal('fetch', async (request: Request) => {
    if (!isOnline) throw new TypeError('no network');
    const path = new URL(request.url).pathname.replace('/api', '');
    if (path === '/identity/refresh') return Response.json(session());
    if (request.method === 'GET') return Response.json({ publicKey: 'the-servers-key', device: null });
    const { endpoint, ...sent } = await request.json();
    told.push({ endpoint, ...sent });
    return Response.json({ device: deviceOf(endpoint) });
  });
});
afterEach(() => vi.unstubAllGlobals());

it('the server is told of the subscription that the browser has made by itself', async () => {
  await renew({ newSubscription: subscription('new') });
  expect(told).toEqual([{ endpoint: 'https://push.test/new', ...KEYS }]);
  expect(keys).toEqual([]);
});

it('where the browser only dropped the old one, a new one is made with the same key', async () => {
  await renew({ oldSubscription: subscription('old', OLD_KEY) });
  expect(keys).toEqual([OLD_KEY]);
  expect(told).toEqual([{ endpoint: 'https://push.test/made', ...KEYS }]);
});

it('a browser that does not tell the old one is given the key of the server', async () => {
  await renew({});
  expect(keys).toEqual(['the-servers-key']);
  expect(told).toHaveLength(1);
});

it('one that a page has made meanwhile is taken, and no second one made', async () => {
  await renew({ oldSubscription: subscription('old', OLD_KEY) }, { held: subscription('of a page') });
  expect(keys).toEqual([]);
  expect(told).toMatchObject([{ endpoint: 'https://push.test/of a page' }]);
});

it.each([
  ['a permission that was taken away', true],
  ['no network', false],
])('%s leaves it to the next page, without a fuss', async (_, isDenied) => {
  isOnline = isDenied;
  const renewing = renew({ oldSubscription: subscription('old', OLD_KEY) }, { isDenied });
  await expect(renewing).resolves.toBeUndefined();
  expect(told).toEqual([]);
});

type Change = Parameters<typeof renewSubscription>[1];

function renew(
  change: Partial<Change>,
  { held = null, isDenied = false }: { held?: PushSubscription | null; isDenied?: boolean } = {},
): Promise<void> {
  const pushManager = {
    getSubscription: async () => held,
    async subscribe({ userVisibleOnly, applicationServerKey }: PushSubscriptionOptionsInit) {
      if (isDenied || !userVisibleOnly) throw new DOMException('denied', 'NotAllowedError');
      keys.push(applicationServerKey);
      return subscription('made');
    },
  } as PushManager;
  const channel = { post: () => undefined, listen: () => () => undefined };
  const parts = { contract, baseUrl: 'https://ahoy.test', channel, registration: { pushManager } };
  return renewSubscription(parts, { oldSubscription: null, newSubscription: null, ...change });
}

function subscription(name: string, applicationServerKey: ArrayBuffer | null = null): PushSubscription {
  return {
    endpoint: `https://push.test/${name}`,
    options: { applicationServerKey, userVisibleOnly: true },
    toJSON: () => ({ keys: KEYS }),
  } as unknown as PushSubscription;
}

function deviceOf(endpoint: string) {
  return { endpoint, service: 'push.test', createdAt: TIME, lastPushedAt: null, lastStatus: null };
}

function session() {
  const person = { id: createId(), version: 1, name: 'Ada', username: null, about: '' };
  const settings = {
    ...{ version: 1, email: null, locale: 'en', isFindableByEmail: false },
    ...{ whoMayCall: 'everyone', isAlwaysRelayed: false },
  };
  return { accessToken: 'fresh', expiresInSeconds: 900, sessionId: createId(), me: { person, settings } };
}
