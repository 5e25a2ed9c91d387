import { preferredLanguage } from '../i18n/language.ts';
import { createBackStack } from './backStack.ts';
import { type FramedPage, openBridge } from './bridge.ts';
import { createButtons } from './buttons.ts';
import { followTheme } from './followTheme.ts';
import { followViewport } from './followViewport.ts';
import type { Launch } from './launch.ts';
import { launchedUser } from './launchedUser.ts';
import { scanQr } from './scanQr.ts';
import { startWay } from './startPath.ts';
import { provideStorage } from './storage.ts';
import type { Telegram } from './telegram.ts';
import { createWritingQuestion } from './writingQuestion.ts';

/** Loaded inside Telegram only. Makes the page at home there, and tells Telegram that it can be shown. */
export function openTelegram(launch: Launch, page: Window & FramedPage): Telegram {
  provideStorage(page);
  const user = launchedUser(launch.initData);
  const bridge = openBridge(launch.version, page);
  const scheme = followTheme(launch.theme, bridge, page.document.documentElement);
  followViewport(bridge, page);
  const back = createBackStack((is_visible) => bridge.tell('web_app_setup_back_button', { is_visible }));
  bridge.on('back_button_pressed', back.press);
  bridge.on('reload_iframe', () => {
    bridge.tell('iframe_will_reload');
    page.location.reload();
  });
  bridge.tell('iframe_ready', { reload_supported: true });
  bridge.tell('web_app_ready');
  bridge.tell('web_app_expand');
  const start = startWay(launch.start);
  // Before the router looks.
  if (start.path !== null) page.history.replaceState(null, '', start.path);
  let { answers } = start;
  return {
    initData: launch.initData,
    userId: user.id,
    platform: launch.platform,
    language: preferredLanguage([...(user.language ? [user.language] : []), ...page.navigator.languages]),
    takeAnswered() {
      const taken = answers;
      answers = null;
      return taken;
    },
    scheme,
    // Android's web view has no memory of an answer (DrKLO/Telegram#1947); the others remember until the page is gone.
    asksForDevicesEachTime: launch.platform.startsWith('android'),
    back,
    ...createButtons(bridge, isPhone(launch.platform)),
    scanQr:
      isPhone(launch.platform) && bridge.can('web_app_open_scan_qr_popup') ? () => scanQr(bridge) : null,
    writing: createWritingQuestion({ bridge, canBotWrite: user.canBotWrite, storage: page.localStorage }),
    haptic(kind) {
      bridge.tell(
        'web_app_trigger_haptic_feedback',
        kind === 'tap'
          ? { type: 'impact', impact_style: 'light' }
          : { type: 'notification', notification_type: kind },
      );
    },
    openLink: (url) => bridge.tell('web_app_open_link', { url }),
    shareLink(url, text) {
      const query = new URLSearchParams({ url, text });
      // Telegram shows a plus where a space is meant.
      const path = `/share/url?${query.toString().replaceAll('+', '%20')}`;
      bridge.tell('web_app_open_tg_link', { path_full: path });
    },
    close: () => bridge.tell('web_app_close'),
  };
}

/** Only there a scanner opens, and the app may cover the whole screen. */
function isPhone(platform: string): boolean {
  return /^(ios|android)/.test(platform);
}
