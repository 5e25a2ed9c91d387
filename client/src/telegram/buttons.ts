import type { Bridge } from './bridge.ts';
import type { MainButton, Telegram } from './telegram.ts';

type Buttons = Pick<Telegram, 'setMainButton' | 'setClosingConfirmed' | 'setSwipes' | 'setFullscreen'>;

/** What of Telegram's own controls the app moves; told only when it changes. */
export function createButtons({ tell, on }: Bridge, isPhone: boolean): Buttons {
  let shown: MainButton | null = null;
  const said = new Map<string, boolean>();

  function once(what: string, isOn: boolean, say: () => void): void {
    if (said.get(what) === isOn) return;
    said.set(what, isOn);
    say();
  }

  on('main_button_pressed', () => {
    if (shown?.isActive && !shown.isBusy) shown.onPress();
  });
  return {
    setMainButton(button) {
      if (button === null && shown === null) return;
      shown = button;
      tell('web_app_setup_main_button', {
        is_visible: button !== null,
        ...(button && {
          text: button.text,
          is_active: button.isActive,
          is_progress_visible: button.isBusy,
        }),
      });
    },
    setClosingConfirmed: (isOn) =>
      once('closing', isOn, () => tell('web_app_setup_closing_behavior', { need_confirmation: isOn })),
    setSwipes: (areOn) =>
      once('swipes', areOn, () => tell('web_app_setup_swipe_behavior', { allow_vertical_swipe: areOn })),
    setFullscreen(isOn) {
      if (!isPhone || (!isOn && !said.has('fullscreen'))) return;
      once('fullscreen', isOn, () => tell(isOn ? 'web_app_request_fullscreen' : 'web_app_exit_fullscreen'));
    },
  };
}
