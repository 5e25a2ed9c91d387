import type { BrowserContext, CDPSession } from 'playwright-core';
import type { Endpoint, HeldSubscription, PushService } from './pushService.ts';
import { waitFor } from './waitFor.ts';

/** Pushing to one Chromium, which has no push service of its own here: the test holds its keys. */
export interface ChromiumPush {
  /** Where the app is pushed to now; waits for its subscription. */
  readonly endpoint: () => Promise<Endpoint>;
  readonly isSubscribed: () => boolean;
  /** The browser has dropped its subscription, as after a cleaning of its storage. */
  readonly lose: () => void;
  /** Ends the worker, as browsers do half a minute after its last event. */
  readonly stopWorker: () => Promise<void>;
}

type Answer = (HeldSubscription & { serverKey: string }) | null;
type Ask = (act: 'get' | 'subscribe' | 'unsubscribe', serverKey?: string) => Promise<Answer>;

declare global {
  var askTestPush: Ask;
}

/**
 * From now on pages of this context subscribe with the service, and what is posted there reaches the worker of the
 * origin over DevTools, with and without pages. `keeper`: a page that stays, and shows something else.
 */
export async function connectChromiumPush(
  context: BrowserContext,
  service: PushService,
  origin: string,
): Promise<ChromiumPush> {
  const keeper = context.pages()[0] ?? (await context.newPage());
  const devtools = await context.newCDPSession(keeper);
  const registrationOf = await watchRegistrations(devtools);
  let held: { endpoint: Endpoint; answer: Answer } | null = null;
  let delivering = Promise.resolve();

  const subscribe = (serverKey: string): Answer => {
    const { subscription, endpoint } = service.openHeld(serverKey, (payload) => {
      delivering = delivering.then(async () => {
        const registrationId = await waitFor('a registration', () => registrationOf(`${origin}/`));
        await devtools.send('ServiceWorker.deliverPushMessage', {
          ...{ origin, registrationId, data: JSON.stringify(payload) },
        });
      });
    });
    held = { endpoint, answer: { ...subscription, serverKey } };
    return held.answer;
  };
  const lose = () => {
    held?.endpoint.end();
    held = null;
  };
  const ask: Ask = async (act, serverKey = '') => {
    if (act === 'unsubscribe') lose();
    if (act === 'subscribe' && held?.answer?.serverKey !== serverKey) return subscribe(serverKey);
    return held?.answer ?? null;
  };
  await context.exposeFunction('askTestPush', ask);
  await context.addInitScript(stubSubscriptions);
  return {
    endpoint: () => waitFor('the subscription', () => held?.endpoint),
    isSubscribed: () => held !== null,
    lose,
    async stopWorker() {
      await devtools.send('ServiceWorker.stopAllWorkers');
    },
  };
}

/** Resolves with how to ask for the id of a scope's registration. */
async function watchRegistrations(devtools: CDPSession): Promise<(scope: string) => string | undefined> {
  const ids = new Map<string, string>();
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    for (const { registrationId, scopeURL, isDeleted } of registrations) {
      if (!isDeleted) ids.set(scopeURL, registrationId);
      else if (ids.get(scopeURL) === registrationId) ids.delete(scopeURL);
    }
  });
  await devtools.send('ServiceWorker.enable');
  return (scope) => ids.get(scope);
}

/** Runs before the page's own scripts; nothing of this file is there in the page. */
function stubSubscriptions(): void {
  // Pages that are no secure context have none.
  if (!('PushManager' in globalThis)) return;
  const ask = globalThis.askTestPush;
  const toBytes = (text: string) =>
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  const toText = (bytes: Uint8Array) =>
    btoa(String.fromCharCode(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  const toSubscription = ({ endpoint, p256dh, auth, serverKey }: NonNullable<Answer>) => ({
    ...{ endpoint, expirationTime: null },
    options: { userVisibleOnly: true, applicationServerKey: toBytes(serverKey).buffer },
    getKey: (name: string) => toBytes(name === 'auth' ? auth : p256dh).buffer,
    toJSON: () => ({ endpoint, expirationTime: null, keys: { p256dh, auth } }),
    unsubscribe: async () => {
      await ask('unsubscribe');
      return true;
    },
  });
  Object.assign(PushManager.prototype, {
    async getSubscription() {
      const answer = await ask('get');
      return answer && toSubscription(answer);
    },
    async subscribe(options: PushSubscriptionOptionsInit) {
      if (Notification.permission !== 'granted') throw new DOMException('denied', 'NotAllowedError');
      const key = options.applicationServerKey;
      const serverKey = typeof key === 'string' ? key : toText(new Uint8Array(key as ArrayBuffer));
      const answer = await ask('subscribe', serverKey.replaceAll('=', ''));
      return answer && toSubscription(answer);
    },
  });
}
