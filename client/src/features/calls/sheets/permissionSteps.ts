import type { Browser, BrowserKind } from '../../../browserOf.ts';
import type { MediaProblem } from '../../../rtc/media/localMedia.ts';

export type Device = 'microphone' | 'camera' | 'screen';

export type StepKey = `callSheets.${
  | (typeof OPENING)[BrowserKind][number]
  | 'stepSystemMac'
  | 'stepSystemWindows'
  | 'stepScreenMac'
  | 'stepScreenChoose'
  | 'stepScreenAllow'
  | 'stepPlugIn'
  | 'stepCheckInput'
  | 'stepScreenNone'
  | 'stepCloseOthers'
  | 'stepOwnTabs'
  | 'stepEndPhoneCall'
  | 'stepReopen'
  | 'stepHttps'
  | 'stepNewBrowser'
  | 'stepComputer'
  | 'stepRestart'}`;

/** Where each browser keeps what it was told about this site. */
const OPENING = {
  chrome: ['stepChromeIcon', 'stepSwitchOn'],
  chromeApp: ['stepChromeApp', 'stepSwitchOn'],
  edge: ['stepEdgeIcon', 'stepSetAllow'],
  firefox: ['stepFirefoxIcon', 'stepFirefoxRemove', 'stepAskAgain'],
  safari: ['stepSafariMenu', 'stepSetAllow'],
  android: ['stepAndroidIcon', 'stepAndroidAllow', 'stepAndroidSystem'],
  androidApp: ['stepAndroidSite', 'stepAndroidFind', 'stepAndroidSystem'],
  firefoxAndroid: ['stepAndroidLock', 'stepSetAllow', 'stepAndroidSystem'],
  safariIos: ['stepIosPage', 'stepSetAllow', 'stepIosSafari'],
  iosApp: ['stepIosClose', 'stepAskAgain', 'stepIosSafari'],
  otherIos: ['stepIosApp', 'stepAskAgain'],
  telegram: ['stepTelegramSystem', 'stepTelegramReopen', 'stepCopyAddress'],
  inApp: ['stepInAppMenu', 'stepCopyAddress'],
  other: ['stepOtherLook', 'stepOtherAllow', 'stepReopen'],
} as const satisfies Record<BrowserKind, readonly string[]>;

/** What to do about a device that is not to be had, in this browser: two or three steps, as keys of texts. */
export function permissionSteps(
  problem: MediaProblem,
  device: Device,
  browser: Browser,
  isSecure: boolean,
): readonly StepKey[] {
  switch (problem) {
    case 'denied':
      return device === 'screen' ? deniedScreen(browser) : denied(browser);
    case 'missing':
      return device === 'screen'
        ? ['callSheets.stepScreenNone', 'callSheets.stepReopen']
        : ['callSheets.stepPlugIn', 'callSheets.stepCheckInput'];
    case 'busy':
      return isPhone(browser)
        ? ['callSheets.stepEndPhoneCall', 'callSheets.stepReopen']
        : ['callSheets.stepCloseOthers', 'callSheets.stepOwnTabs'];
    case 'unsupported':
      return unsupported(device, browser, isSecure);
    case 'failed':
      return ['callSheets.stepReopen', 'callSheets.stepRestart'];
    default:
      return problem satisfies never;
  }
}

function denied(browser: Browser): StepKey[] {
  const steps: StepKey[] = OPENING[browser.kind].map((step): StepKey => `callSheets.${step}`);
  // The system has a say of its own, and browsers do not tell which of the two refused.
  if (steps.length > 2) return steps;
  if (browser.system === 'mac') return [...steps, 'callSheets.stepSystemMac'];
  return browser.system === 'windows' ? [...steps, 'callSheets.stepSystemWindows'] : steps;
}

function deniedScreen({ system }: Browser): StepKey[] {
  if (system === 'mac') return ['callSheets.stepScreenMac', 'callSheets.stepScreenChoose'];
  return ['callSheets.stepScreenChoose', 'callSheets.stepScreenAllow'];
}

function unsupported(device: Device, browser: Browser, isSecure: boolean): StepKey[] {
  if (!isSecure) return ['callSheets.stepHttps', 'callSheets.stepReopen'];
  if (browser.kind === 'telegram' || browser.kind === 'inApp') {
    return ['callSheets.stepInAppMenu', 'callSheets.stepCopyAddress'];
  }
  if (device === 'screen' && isPhone(browser)) return ['callSheets.stepComputer'];
  return ['callSheets.stepNewBrowser', 'callSheets.stepReopen'];
}

function isPhone({ system }: Browser): boolean {
  return system === 'android' || system === 'ios';
}
