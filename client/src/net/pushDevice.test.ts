import { ORPCError } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type PushBrowser,
  PushFailure,
  type PushObstacle,
  type PushSubscriptionHeld,
} from './pushBrowser.ts';
import { createPushDevice } from './pushDevice.ts';

const KEY = 'server-key';
const DAY_MS = 24 * 60 * 60 * 1_000;

beforeEach(() => {
  vi.spyOn(console, 'debug').mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('pushing to this device', () => {
  it('asks nobody by itself, and is off for a newcomer', async () => {
    const { push, browser, server } = await setUp();
    expect(push.store.getState()).toMatchObject({ state: 'off', device: null, isQuestionDue: false });
    expect(browser.askPermission).not.toHaveBeenCalled();
    expect(server.subscribe).not.toHaveBeenCalled();
  });

  it('is on when the person allows it: subscribed with the key of the server, which is told', async () => {
    const { push, browser, server } = await setUp();
    const asked = push.ask();
    expect(push.store.getState().state).toBe('asking');
    await asked;
    expect(push.store.getState()).toMatchObject({ state: 'on', problem: null });
    expect(browser.held()).toMatchObject({ endpoint: 'https://push/1', publicKey: KEY });
    expect(server.device()?.endpoint).toBe('https://push/1');
  });

  it('is denied when the browser says no, and off when its question is closed', async () => {
    const { push, browser } = await setUp({ answer: 'default' });
    await push.ask();
    expect(push.store.getState().state).toBe('off');
    browser.answer = 'denied';
    await push.ask();
    expect(push.store.getState().state).toBe('denied');
  });

  it.each(['unsupported', 'notInstalled', 'insecure'] as const)('is %s and asks nobody', async (obstacle) => {
    const { push, browser, server } = await setUp({ obstacle });
    await push.ask();
    expect(push.store.getState().state).toBe(obstacle);
    expect(browser.askPermission).not.toHaveBeenCalled();
    expect(server.ask).not.toHaveBeenCalled();
  });

  it('says that the server has no pushes', async () => {
    const { push } = await setUp({ publicKey: null });
    expect(push.store.getState().state).toBe('serverOff');
    await push.ask();
    expect(push.store.getState().state).toBe('serverOff');
  });

  it('leaves alone at the next start what browser and server agree on', async () => {
    const { push, browser, server, restart } = await setUp();
    await push.ask();
    const next = await restart();
    expect(next.store.getState().state).toBe('on');
    expect(browser.subscribe).toHaveBeenCalledTimes(1);
    expect(server.subscribe).toHaveBeenCalledTimes(1);
  });

  it('subscribes anew at the next start when the subscription is gone, without asking', async () => {
    const { push, browser, server, restart } = await setUp();
    await push.ask();
    browser.lose();
    const next = await restart();
    expect(next.store.getState().state).toBe('on');
    expect(server.device()?.endpoint).toBe('https://push/2');
    expect(browser.askPermission).toHaveBeenCalledTimes(1);
  });

  it('subscribes anew when the server has another key', async () => {
    const { push, browser, server, restart } = await setUp();
    await push.ask();
    server.publicKey = 'other-key';
    await restart();
    expect(browser.held()).toMatchObject({ endpoint: 'https://push/2', publicKey: 'other-key' });
    expect(server.device()?.endpoint).toBe('https://push/2');
  });

  it('tells the server of an endpoint that the browser has exchanged', async () => {
    const { push, browser, server, restart } = await setUp();
    await push.ask();
    browser.exchange();
    await restart();
    expect(server.device()?.endpoint).toBe(browser.held()?.endpoint);
  });

  it('takes a new endpoint when the server has dropped the one it was told', async () => {
    const { push, server, restart } = await setUp();
    await push.ask();
    server.forget();
    const next = await restart();
    expect(next.store.getState().state).toBe('on');
    expect(server.device()?.endpoint).toBe('https://push/2');
  });

  it('says once that notifications are off when the permission was revoked, and tells the server', async () => {
    const { push, browser, server, restart } = await setUp();
    await push.ask();
    browser.setPermission('denied');
    const next = await restart();
    expect(next.store.getState()).toMatchObject({ state: 'lost', problem: 'denied', isLossNews: true });
    expect(server.device()).toBeNull();
    next.acknowledgeLoss();
    expect(next.store.getState()).toMatchObject({ state: 'lost', isLossNews: false });
    const third = await restart();
    expect(third.store.getState()).toMatchObject({ state: 'lost', isLossNews: false });
  });

  it('comes back by itself when the permission does, and then a next loss is news again', async () => {
    const { push, browser } = await setUp();
    await push.ask();
    browser.setPermission('denied');
    push.look();
    await vi.waitFor(() => expect(push.store.getState().state).toBe('lost'));
    push.acknowledgeLoss();
    browser.setPermission('granted');
    browser.tell();
    await vi.waitFor(() => expect(push.store.getState().state).toBe('on'));
    browser.setPermission('default');
    browser.tell();
    await vi.waitFor(() =>
      expect(push.store.getState()).toMatchObject({ state: 'lost', problem: 'vanished', isLossNews: true }),
    );
  });

  it('is lost while the push service of the browser wants nothing of us', async () => {
    const { push, browser, restart } = await setUp();
    await push.ask();
    browser.lose();
    browser.subscribe.mockRejectedValueOnce(new PushFailure('service'));
    const next = await restart();
    expect(next.store.getState()).toMatchObject({ state: 'lost', problem: 'service' });
    await next.check();
    expect(next.store.getState().state).toBe('on');
  });

  it('knows without a network what it knew, and compares as soon as there is one', async () => {
    const { push, browser, server, restart } = await setUp();
    await push.ask();
    browser.lose();
    server.isReachable = false;
    const next = await restart();
    expect(next.store.getState()).toMatchObject({ state: 'on', problem: 'server' });
    server.isReachable = true;
    next.connected();
    await vi.waitFor(() => expect(server.device()?.endpoint).toBe('https://push/2'));
    await vi.waitFor(() => expect(next.store.getState()).toMatchObject({ state: 'on', problem: null }));
  });

  it('says without a network, too, that the permission was revoked', async () => {
    const { push, browser, server, restart } = await setUp();
    await push.ask();
    browser.setPermission('denied');
    server.isReachable = false;
    const next = await restart();
    expect(next.store.getState()).toMatchObject({ state: 'lost', problem: 'denied' });
    server.isReachable = true;
    next.connected();
    await vi.waitFor(() => expect(server.device()).toBeNull());
  });

  it('finishes with the next connection what was allowed without one', async () => {
    const { push, server } = await setUp();
    server.isReachable = false;
    await push.ask();
    expect(push.store.getState()).toMatchObject({ state: 'off', problem: 'server' });
    server.isReachable = true;
    push.connected();
    await vi.waitFor(() => expect(push.store.getState().state).toBe('on'));
  });

  it('says that the server does not know the push service', async () => {
    const { push, server } = await setUp();
    server.subscribe.mockRejectedValueOnce(new ORPCError('FORBIDDEN'));
    await push.ask();
    expect(push.store.getState()).toMatchObject({ state: 'off', problem: 'refused' });
  });

  it('is off on demand: in the browser, on the server, and at the next start', async () => {
    const { push, browser, server, restart } = await setUp();
    await push.ask();
    await push.turnOff();
    expect(push.store.getState()).toMatchObject({ state: 'off', device: null });
    expect(browser.held()).toBeNull();
    expect(server.device()).toBeNull();
    expect((await restart()).store.getState().state).toBe('off');
  });

  it('stays off where another tab has switched it off meanwhile', async () => {
    const { push, browser, server, openTab } = await setUp();
    await push.ask();
    const other = await openTab();
    await push.turnOff();
    other.noteUse();
    await other.check();
    expect(other.store.getState().state).toBe('off');
    expect([browser.held(), server.device()]).toEqual([null, null]);
  });

  it('ends the subscription of the browser with the session, and stays off after an own sign-out', async () => {
    const { push, browser, server } = await setUp();
    await push.ask();
    push.leave('user');
    server.forget();
    await vi.waitFor(() => expect(browser.held()).toBeNull());
    push.enter('ada');
    await vi.waitFor(() => expect(server.ask).toHaveBeenCalledTimes(2));
    expect(push.store.getState().state).toBe('off');
    expect(browser.held()).toBeNull();
  });

  it('is on again for a person who comes back after the server had ended the session', async () => {
    const { push, server } = await setUp();
    await push.ask();
    push.leave('server');
    server.forget();
    push.enter('ada');
    await vi.waitFor(() => expect(server.device()?.endpoint).toBe('https://push/2'));
  });

  it('is not on for the next person on this device', async () => {
    const { push, browser, server } = await setUp();
    await push.ask();
    push.leave('server');
    server.forget();
    push.enter('bob');
    await vi.waitFor(() => expect(server.ask).toHaveBeenCalledTimes(2));
    expect(push.store.getState().state).toBe('off');
    expect(browser.held()).toBeNull();
  });

  it('questions only who has used the app, and after Not now not for 30 days', async () => {
    const { push, clock, restart } = await setUp();
    push.noteUse();
    expect(push.store.getState().isQuestionDue).toBe(true);
    push.notNow();
    expect(push.store.getState().isQuestionDue).toBe(false);
    clock.now += 29 * DAY_MS;
    expect((await restart()).store.getState().isQuestionDue).toBe(false);
    clock.now += DAY_MS;
    expect((await restart()).store.getState().isQuestionDue).toBe(true);
  });

  it('questions also who has written before it was settled who is signed in', async () => {
    const { push } = await setUp();
    push.leave('server');
    push.noteUse();
    push.enter('anna');
    await vi.waitFor(() => expect(push.store.getState().isQuestionDue).toBe(true));
  });

  it('never questions who has switched it off', async () => {
    const { push, clock, restart } = await setUp();
    push.noteUse();
    await push.ask();
    await push.turnOff();
    clock.now += 400 * DAY_MS;
    expect((await restart()).store.getState().isQuestionDue).toBe(false);
  });
});

type Setting = { answer?: NotificationPermission; obstacle?: PushObstacle; publicKey?: string | null };

async function setUp(setting: Setting = {}) {
  const browser = fakeBrowser(setting);
  const server = fakeServer(setting.publicKey === undefined ? KEY : setting.publicKey);
  const storage = new Map<string, string>();
  const clock = { now: 1_000 };
  let queue: Promise<unknown> = Promise.resolve();
  const make = () =>
    createPushDevice({
      api: () => server.api,
      browser,
      storage: {
        getItem: (key) => storage.get(key) ?? null,
        setItem: (key, value) => void storage.set(key, value),
        removeItem: (key) => void storage.delete(key),
      },
      withLock(task) {
        const turn = queue.then(task);
        queue = turn.catch(() => undefined);
        return turn;
      },
      now: () => clock.now,
    });
  async function start() {
    const push = make();
    push.enter('ada');
    await queue;
    return push;
  }
  let push = await start();
  server.ask.mockClear();
  return {
    ...{ push, browser, server, clock, openTab: start },
    async restart() {
      push.stop();
      push = await start();
      return push;
    },
  };
}

function fakeBrowser({ answer = 'granted', obstacle }: Setting) {
  let held: PushSubscriptionHeld | null = null;
  let permission: NotificationPermission = 'default';
  let made = 0;
  let listener: (() => void) | null = null;
  function hold(publicKey: string): PushSubscriptionHeld {
    made += 1;
    const own: PushSubscriptionHeld = {
      ...{ endpoint: `https://push/${made}`, p256dh: 'p256dh', auth: 'auth', publicKey },
      async unsubscribe() {
        if (held === own) held = null;
      },
    };
    held = own;
    return own;
  }
  const browser = {
    answer,
    obstacle: () => obstacle ?? null,
    permission: () => permission,
    askPermission: vi.fn(async () => {
      permission = browser.answer;
      return permission;
    }),
    subscription: async () => held,
    subscribe: vi.fn(async (publicKey: string) => hold(publicKey)),
    onPermission(hear: () => void) {
      listener = hear;
      return () => {
        listener = null;
      };
    },
    held: () => held,
    lose() {
      held = null;
    },
    exchange: () => hold(KEY),
    setPermission(next: NotificationPermission) {
      permission = next;
      if (next !== 'granted') held = null;
    },
    tell: () => listener?.(),
  };
  return browser satisfies PushBrowser;
}

function fakeServer(publicKey: string | null) {
  type Device = { endpoint: string };
  let device: Device | null = null;
  const rest = { service: 'push', createdAt: '', lastPushedAt: null, lastStatus: null };
  const full = () => device && { ...rest, ...device };
  const ask = vi.fn();
  function reach(): void {
    if (!server.isReachable) throw new TypeError('network');
  }
  const subscribe = vi.fn(async ({ endpoint }: Device) => {
    reach();
    device = { endpoint };
    return { device: { ...rest, endpoint } };
  });
  const server = {
    ...{ publicKey, isReachable: true, ask, subscribe },
    device: full,
    forget() {
      device = null;
    },
    api: {
      async device() {
        ask();
        reach();
        return { publicKey: server.publicKey, device: full() };
      },
      subscribe,
      async unsubscribe() {
        reach();
        device = null;
        return {};
      },
    },
  };
  return server;
}
