import { beforeEach, expect, it } from 'vitest';
import { takeIntent } from '../../net/intents.ts';
import { toOpenPath } from '../../net/workerMessages.ts';
import { openPage, type PageOpener } from './openPage.ts';

type Page = Awaited<ReturnType<PageOpener['clients']['matchAll']>>[number];

let events: string[];
beforeEach(() => {
  events = [];
});

it('opens a page where there is none', async () => {
  await openPage(parts([]), { path: '/calls', isMeant: false });
  expect(events).toEqual(['open /calls']);
});

it('takes the page that is looked at, which shows the path without being loaded anew', async () => {
  const pages = [page('first'), page('second', { visibilityState: 'visible' })];
  await openPage(parts(pages), { path: '/calls', isMeant: false });
  expect(events).toEqual(['focus second', 'told second /calls']);
});

it('loads a page anew that does not answer, and opens another one where that is refused', async () => {
  await openPage(parts([page('deaf', { isDeaf: true })]), { path: '/calls', isMeant: false });
  await openPage(parts([page('alien', { isDeaf: true, isAlien: true })]), { path: '/calls', isMeant: false });
  expect(events).toEqual(['focus deaf', 'load deaf /calls', 'focus alien', 'open /calls']);
});

it('leaves word for a page that acts by itself, which takes it once and soon', async () => {
  const path = '/answer/call?chat=chat&media=audio';
  const caches = fakeCaches();
  await openPage({ ...parts([]), caches }, { path, isMeant: true });
  expect(await takeIntent(caches, '/answer/other', 0)).toBe(false);
  expect(await takeIntent(caches, path, 1_000)).toBe(true);
  expect(await takeIntent(caches, path, 1_000)).toBe(false);
  await openPage({ ...parts([]), caches }, { path, isMeant: true });
  expect(await takeIntent(caches, path, 120_000)).toBe(false);
  await openPage({ ...parts([]), caches }, { path, isMeant: false });
  expect(await takeIntent(caches, path, 0)).toBe(false);
});

it('a page goes to paths of ours only', () => {
  expect(toOpenPath({ type: 'open', path: '/chats/chat' })).toEqual({ type: 'open', path: '/chats/chat' });
  for (const path of ['//evil.test', 'https://evil.test', '', 7])
    expect(toOpenPath({ type: 'open', path })).toBeNull();
});

function parts(pages: Page[]) {
  return {
    clients: {
      matchAll: async () => pages,
      openWindow: async (path: string) => void events.push(`open ${path}`),
    },
    caches: fakeCaches(),
    now: () => 0,
  };
}

function page(
  name: string,
  {
    visibilityState = 'hidden',
    isDeaf = false,
    isAlien = false,
  }: { visibilityState?: 'hidden' | 'visible'; isDeaf?: boolean; isAlien?: boolean } = {},
): Page {
  const self = {
    ...{ focused: false, visibilityState },
    focus: async () => {
      events.push(`focus ${name}`);
      return self as unknown as WindowClient;
    },
    navigate: async (path: string) => {
      if (isAlien) throw new TypeError('not controlled');
      events.push(`load ${name} ${path}`);
      return null;
    },
    postMessage(message: { path: string }, [port]: MessagePort[]) {
      if (isDeaf) return;
      events.push(`told ${name} ${message.path}`);
      port?.postMessage('shown');
    },
  };
  return self as unknown as Page;
}

/** As much of the browser's cache as an intent needs. */
function fakeCaches(): CacheStorage {
  const caches = new Map<string, Map<string, string>>();
  const open = async (name: string) => {
    const held = caches.get(name) ?? new Map<string, string>();
    caches.set(name, held);
    return {
      put: async (path: string, response: Response) => void held.set(path, await response.text()),
      match: async (path: string) => (held.has(path) ? new Response(held.get(path)) : undefined),
      delete: async (path: string) => held.delete(path),
    };
  };
  return { open, delete: async (name: string) => caches.delete(name) } as unknown as CacheStorage;
}
