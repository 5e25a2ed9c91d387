/** Browsers that hide their permissions in different places. */
export type BrowserKind =
  | 'chrome'
  | 'chromeApp'
  | 'edge'
  | 'firefox'
  | 'safari'
  | 'android'
  | 'androidApp'
  | 'firefoxAndroid'
  | 'safariIos'
  | 'iosApp'
  | 'otherIos'
  | 'telegram'
  | 'inApp'
  | 'other';

export type Browser = {
  kind: BrowserKind;
  system: 'windows' | 'mac' | 'linux' | 'android' | 'ios' | 'other';
  /** As its maker calls it; `null`: not known. */
  name: string | null;
};

export type BrowserSigns = {
  userAgent: string;
  /** iPads call themselves Macs; only they can be touched. */
  touchPoints: number;
  /** Runs in a window of its own, from the Home Screen or the dock. */
  isInstalled: boolean;
  /** Telegram's bridge is there. */
  isInTelegram: boolean;
};

const IN_APP = /FBAN|FBAV|FB_IAB|Instagram|Line\/|MicroMessenger|VKAndroidApp|VKClient|; wv\)|GSA\//;

/** Which browser this is, as far as the way to its permissions depends on it. */
export function browserOf(signs: BrowserSigns): Browser {
  const system = systemOf(signs);
  const name = nameOf(signs.userAgent);
  return { kind: kindOf(signs, system), system, name };
}

/** Reads the signs of the browser that shows this page. */
export function readBrowserSigns(window: Window): BrowserSigns {
  const { navigator, location } = window;
  return {
    userAgent: navigator.userAgent,
    touchPoints: navigator.maxTouchPoints,
    isInstalled:
      window.matchMedia('(display-mode: standalone)').matches ||
      ('standalone' in navigator && navigator.standalone === true),
    isInTelegram:
      'TelegramWebviewProxy' in window ||
      'TelegramWebview' in window ||
      // Our own bridge puts it there.
      'TelegramGameProxy' in window ||
      location.hash.includes('tgWebAppData'),
  };
}

function systemOf({ userAgent, touchPoints }: BrowserSigns): Browser['system'] {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (/Macintosh/.test(userAgent)) return touchPoints > 1 ? 'ios' : 'mac';
  if (/Android/.test(userAgent)) return 'android';
  if (/Windows/.test(userAgent)) return 'windows';
  return /Linux|CrOS|X11/.test(userAgent) ? 'linux' : 'other';
}

function kindOf(signs: BrowserSigns, system: Browser['system']): BrowserKind {
  const { userAgent } = signs;
  if (signs.isInTelegram || /Telegram/i.test(userAgent)) return 'telegram';
  if (IN_APP.test(userAgent)) return 'inApp';
  if (system === 'ios') return iosKind(signs);
  if (system === 'android') {
    if (/Firefox\//.test(userAgent)) return 'firefoxAndroid';
    if (!/Chrome\//.test(userAgent)) return 'other';
    return signs.isInstalled ? 'androidApp' : 'android';
  }
  if (/Edg\//.test(userAgent)) return 'edge';
  if (/Firefox\//.test(userAgent)) return 'firefox';
  if (/Chrome\//.test(userAgent)) return signs.isInstalled ? 'chromeApp' : 'chrome';
  return /Safari\//.test(userAgent) && system === 'mac' ? 'safari' : 'other';
}

/** Whatever it is called, on an iPhone it is Safari inside; only the permission hangs on the app's own name. */
function iosKind({ userAgent, isInstalled }: BrowserSigns): BrowserKind {
  if (/CriOS|FxiOS|EdgiOS|OPT\//.test(userAgent)) return 'otherIos';
  if (isInstalled) return 'iosApp';
  return /Safari\//.test(userAgent) ? 'safariIos' : 'inApp';
}

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Edg(A|iOS)?\//, 'Edge'],
  [/OPR\/|OPT\//, 'Opera'],
  [/YaBrowser\//, 'Яндекс Браузер'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

function nameOf(userAgent: string): string | null {
  return NAMES.find(([sign]) => sign.test(userAgent))?.[1] ?? null;
}
