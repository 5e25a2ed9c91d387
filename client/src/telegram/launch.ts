/** How Telegram opened the app. */
export type Launch = {
  /** As Telegram signed it; only the server can tell whether it is true. */
  initData: string;
  /** Of the protocol between the app and this client of Telegram, like `9.1`. */
  version: string;
  /** `ios`, `android`, `tdesktop`, `weba` and others. */
  platform: string;
  /** Telegram's own colours, by its names. */
  theme: Readonly<Record<string, string>>;
  /** What a link to the app named, or the bot's own button. */
  start: { param: string; isByButton: boolean } | null;
};

/** What is used of a window. */
export type LaunchedPage = {
  location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  history: Pick<History, 'replaceState'>;
  /** Reading it throws where the browser gives none. */
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Outlives a reload of the frame, also where nothing else does. */
  name: string;
  addEventListener: (type: 'beforeunload', listener: () => void) => void;
};

const KEY = 'ahoy:telegram-launch';
/** Where Telegram may put what it tells, besides the address's fragment. */
const FOREIGN = /^tgWebApp/;

/**
 * Takes Telegram's launch parameters out of the address, before the router or anything else looks at it, or what was kept
 * of them when this page is a reload. null: the app runs outside Telegram.
 */
export function takeLaunch(page: LaunchedPage): Launch | null {
  const held = recall(page);
  const told = parseLaunch(page.location.hash, page.location.search);
  if (told) clean(page);
  const launch = told ?? held;
  if (launch) keep(page, launch);
  return launch;
}

/** Links to rooms (`/r#token`) and the like are none of Telegram's. */
export function parseLaunch(hash: string, search: string): Launch | null {
  // Where the address had a fragment of its own, Telegram writes behind it.
  const at = hash.indexOf('tgWebApp');
  if (at === -1) return null;
  const told = new URLSearchParams(hash.slice(at));
  const initData = told.get('tgWebAppData');
  if (!initData) return null;
  return {
    initData,
    version: told.get('tgWebAppVersion') ?? '6.0',
    platform: told.get('tgWebAppPlatform') ?? 'unknown',
    theme: parseTheme(told.get('tgWebAppThemeParams')),
    start: parseStart(initData, search),
  };
}

/** A link's parameter is signed with the rest; what only the address says was put there by the bot's own button. */
function parseStart(initData: string, search: string): Launch['start'] {
  const signed = new URLSearchParams(initData).get('start_param');
  if (signed) return { param: signed, isByButton: false };
  const written = new URLSearchParams(search).get('start');
  return written ? { param: written, isByButton: true } : null;
}

/** Colours as `#rrggbb`; what is none of that is left out. */
export function parseTheme(text: string | null): Record<string, string> {
  try {
    const theme: unknown = JSON.parse(text ?? '{}');
    return typeof theme === 'object' && theme !== null ? coloursOf(theme) : {};
  } catch {
    // A client that writes no JSON tells no colours.
    return {};
  }
}

/** Those of the values that are colours, written alike. */
export function coloursOf(theme: object): Record<string, string> {
  const isColour = (entry: [string, unknown]): entry is [string, string] =>
    typeof entry[1] === 'string' && /^#[0-9a-f]{6}$/i.test(entry[1]);
  return Object.fromEntries(
    Object.entries(theme)
      .filter(isColour)
      .map(([name, colour]) => [name, colour.toLowerCase()]),
  );
}

function clean({ location, history }: LaunchedPage): void {
  const query = new URLSearchParams(location.search);
  const foreign = [...query.keys()].filter((name) => FOREIGN.test(name) || name === 'start');
  for (const name of foreign) query.delete(name);
  const own = location.hash.slice(0, location.hash.indexOf('tgWebApp')).replace(/[#?&]$/, '');
  const search = query.size === 0 ? '' : `?${query}`;
  history.replaceState(null, '', location.pathname + search + own);
}

/** For reloads. Where the browser keeps nothing, the frame's name carries it over, and only from page to page. */
function keep(page: LaunchedPage, launch: Launch): void {
  // Where it led was followed once.
  const text = JSON.stringify({ ...launch, start: null });
  try {
    page.sessionStorage.setItem(KEY, text);
  } catch {
    page.addEventListener('beforeunload', () => {
      page.name = KEY + text;
    });
  }
}

function recall(page: LaunchedPage): Launch | null {
  const carried = page.name.startsWith(KEY) ? page.name.slice(KEY.length) : null;
  if (carried) page.name = '';
  try {
    return parseKept(carried ?? page.sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function parseKept(text: string | null): Launch | null {
  const { initData, version, platform, theme }: Partial<Launch> = JSON.parse(text ?? '{}');
  if (typeof initData !== 'string' || typeof version !== 'string' || typeof platform !== 'string')
    return null;
  return { initData, version, platform, theme: coloursOf(theme ?? {}), start: null };
}
