import { expect, test } from 'vitest';
import { type LaunchedPage, parseLaunch, takeLaunch } from './launch.ts';

const INIT_DATA = 'user=%7B%22id%22%3A7%7D&auth_date=1764200000&signature=s&hash=abc';
const HASH = `#${new URLSearchParams({
  tgWebAppData: INIT_DATA,
  tgWebAppVersion: '8.0',
  tgWebAppPlatform: 'weba',
  tgWebAppThemeParams: '{"bg_color":"#FFFFFF","text_color":"red"}',
})}`;

/** A window as far as launches go; `hasStorage` false: reading it throws, as in frames without storage. */
function pageAt(url: string, { hasStorage = true, held = new Map<string, string>(), name = '' } = {}) {
  const leaving: (() => void)[] = [];
  const page = {
    location: new URL(url, 'https://ahoy.example'),
    history: {
      replaceState(_: unknown, __: string, next: string) {
        page.location = new URL(next, page.location);
      },
    },
    get sessionStorage() {
      if (!hasStorage) throw new DOMException('denied', 'SecurityError');
      return {
        getItem: (key: string) => held.get(key) ?? null,
        setItem: (key: string, value: string) => void held.set(key, value),
      };
    },
    name,
    addEventListener: (_: 'beforeunload', listener: () => void) => void leaving.push(listener),
  } satisfies LaunchedPage;
  return { page, held, leave: () => leaving.map((listener) => listener()) };
}

test('Telegram’s parameters are taken and leave the address as it was without them', () => {
  const { page } = pageAt(`/?start=c_1&lang=ru&tgWebAppStartParam=c_1${HASH}`);
  expect(takeLaunch(page)).toEqual({
    ...{ initData: INIT_DATA, version: '8.0', platform: 'weba' },
    theme: { bg_color: '#ffffff' },
    start: { param: 'c_1', isByButton: true },
  });
  expect(page.location.href).toBe('https://ahoy.example/?lang=ru');
});

test('a link’s parameter is the signed one, whatever the address says', () => {
  const data = `start_param=r_room&${INIT_DATA}`;
  const hash = `#${new URLSearchParams({ tgWebAppData: data })}`;
  expect(parseLaunch(hash, '?start=a_other')?.start).toEqual({ param: 'r_room', isByButton: false });
});

test('the link of a room is none of Telegram’s, and stays', () => {
  const { page } = pageAt('/r#abc-def');
  expect(takeLaunch(page)).toBeNull();
  expect(page.location.hash).toBe('#abc-def');
  const { page: launched } = pageAt(`/r#abc-def&${HASH.slice(1)}`);
  expect(takeLaunch(launched)?.initData).toBe(INIT_DATA);
  expect(launched.location.hash).toBe('#abc-def');
});

test.each(['', '#tgWebAppVersion=8.0', '#tgWebAppData=', '#x=tgWebApp', '#tgWebAppData=%'])(
  'an address with %j holds no launch that could be believed, and nothing throws',
  (hash) => {
    const launch = parseLaunch(hash, '');
    expect(launch === null || launch.initData !== '').toBe(true);
  },
);

test('a reload goes on with the launch, but not to where it led once', () => {
  const first = pageAt(`/?start=c_1${HASH}`);
  takeLaunch(first.page);
  const again = pageAt('/chats', { held: first.held });
  expect(takeLaunch(again.page)).toMatchObject({ initData: INIT_DATA, platform: 'weba', start: null });
});

test('without storage the frame’s name carries it over a reload, and holds it no longer than that', () => {
  const first = pageAt(`/${HASH}`, { hasStorage: false });
  takeLaunch(first.page);
  expect(first.page.name).toBe('');
  first.leave();
  const again = pageAt('/chats', { hasStorage: false, name: first.page.name });
  expect(takeLaunch(again.page)).toMatchObject({ initData: INIT_DATA, start: null });
  expect(again.page.name).toBe('');
});

test('another name, or something else that was kept, is no launch', () => {
  expect(takeLaunch(pageAt('/', { name: 'a popup', hasStorage: false }).page)).toBeNull();
  const held = new Map([['ahoy:telegram-launch', '{"initData":7}']]);
  expect(takeLaunch(pageAt('/', { held }).page)).toBeNull();
});
