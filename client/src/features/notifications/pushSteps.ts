import type { Browser } from '../../browserOf.ts';
import type { PushDeviceState } from '../../net/pushDevice.ts';

/** Keys of texts; those of permissions say the same for a microphone. */
export type PushStep =
  | `notifications.step${
      | 'PressAgain'
      | 'FirefoxLock'
      | 'SafariSites'
      | 'SafariAllow'
      | 'MacSystem'
      | 'WindowsSystem'
      | 'LinuxSystem'
      | 'AndroidSystem'
      | 'AndroidAppSystem'
      | 'AndroidBattery'
      | 'IosSystem'
      | 'IosShare'
      | 'IosAdd'
      | 'IosOpen'
      | 'Secure'
      | 'Focus'
      | 'Network'
      | 'Brave'
      | 'Reload'
      | 'Operator'}`
  | `callSheets.step${
      | 'ChromeIcon'
      | 'ChromeApp'
      | 'SwitchOn'
      | 'EdgeIcon'
      | 'SetAllow'
      | 'AndroidIcon'
      | 'AndroidLock'
      | 'AndroidAllow'
      | 'NewBrowser'
      | 'InAppMenu'
      | 'CopyAddress'
      | 'OtherLook'
      | 'OtherAllow'}`;

export type PushTrouble =
  | 'denied'
  | 'insecure'
  | 'unsupported'
  | 'notInstalled'
  | 'service'
  | 'worker'
  | 'refused';

/** What stands in the way of notifications on this device; null: nothing that takes steps of the person. */
export function pushTrouble({
  state,
  problem,
}: Pick<PushDeviceState, 'state' | 'problem'>): PushTrouble | null {
  switch (state) {
    case 'denied':
    case 'insecure':
    case 'unsupported':
    case 'notInstalled':
      return state;
    case 'off':
    case 'lost':
      return problem === 'vanished' || problem === 'server' ? null : problem;
    case 'on':
    case 'asking':
    case 'serverOff':
      return null;
    default:
      return state satisfies never;
  }
}

/** What to do about it, in this browser. */
export function pushSteps(trouble: PushTrouble, browser: Browser): readonly PushStep[] {
  switch (trouble) {
    case 'denied':
      return [...allowSteps(browser), 'notifications.stepPressAgain'];
    case 'insecure':
      return ['notifications.stepSecure'];
    case 'unsupported':
      return isInApp(browser)
        ? ['callSheets.stepInAppMenu', 'callSheets.stepCopyAddress']
        : ['callSheets.stepNewBrowser'];
    case 'notInstalled':
      return ['notifications.stepIosShare', 'notifications.stepIosAdd', 'notifications.stepIosOpen'];
    case 'service':
      return ['notifications.stepNetwork', 'notifications.stepBrave', 'notifications.stepPressAgain'];
    case 'worker':
      return ['notifications.stepReload'];
    case 'refused':
      return ['notifications.stepOperator'];
    default:
      return trouble satisfies never;
  }
}

function allowSteps(browser: Browser): PushStep[] {
  switch (browser.kind) {
    case 'chrome':
      return ['callSheets.stepChromeIcon', 'callSheets.stepSwitchOn'];
    case 'chromeApp':
      return ['callSheets.stepChromeApp', 'callSheets.stepSwitchOn'];
    case 'edge':
      return ['callSheets.stepEdgeIcon', 'callSheets.stepSetAllow'];
    case 'firefox':
      return ['notifications.stepFirefoxLock'];
    case 'safari':
      return ['notifications.stepSafariSites', 'notifications.stepSafariAllow'];
    case 'android':
      return ['callSheets.stepAndroidIcon', 'callSheets.stepAndroidAllow', 'notifications.stepAndroidSystem'];
    case 'androidApp':
      return ['notifications.stepAndroidAppSystem'];
    case 'firefoxAndroid':
      return ['callSheets.stepAndroidLock', 'callSheets.stepSetAllow', 'notifications.stepAndroidSystem'];
    case 'iosApp':
      return ['notifications.stepIosSystem'];
    case 'safariIos':
    case 'otherIos':
      return ['notifications.stepIosShare', 'notifications.stepIosAdd', 'notifications.stepIosOpen'];
    case 'telegram':
    case 'inApp':
      return ['callSheets.stepInAppMenu', 'callSheets.stepCopyAddress'];
    case 'other':
      return ['callSheets.stepOtherLook', 'callSheets.stepOtherAllow'];
    default:
      return browser.kind satisfies never;
  }
}

/** Where the system holds back what the browser has shown, or was to show. */
export function systemSteps({ kind, system }: Browser): readonly PushStep[] {
  switch (system) {
    case 'mac':
      return ['notifications.stepMacSystem', 'notifications.stepFocus'];
    case 'windows':
      return ['notifications.stepWindowsSystem', 'notifications.stepFocus'];
    case 'linux':
      return ['notifications.stepLinuxSystem', 'notifications.stepFocus'];
    case 'android':
      return [
        kind === 'androidApp' ? 'notifications.stepAndroidAppSystem' : 'notifications.stepAndroidSystem',
        'notifications.stepAndroidBattery',
        'notifications.stepFocus',
      ];
    case 'ios':
      return ['notifications.stepIosSystem', 'notifications.stepFocus'];
    case 'other':
      return ['notifications.stepLinuxSystem', 'notifications.stepFocus'];
    default:
      return system satisfies never;
  }
}

function isInApp({ kind }: Browser): boolean {
  return kind === 'telegram' || kind === 'inApp';
}
