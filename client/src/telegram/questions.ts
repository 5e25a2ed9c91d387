import type { Bridge } from './bridge.ts';
import type { Telegram } from './telegram.ts';

/** A client that never answers is taken for a no. */
const ANSWER_WITHIN_MS = 120_000;

/** What Telegram asks the person in windows of its own. */
export function createQuestions(
  { tell, on, can }: Bridge,
  canBotWrite: boolean,
): Pick<Telegram, 'scanQr' | 'askForWriting'> {
  function askForWriting(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), ANSWER_WITHIN_MS);
    const stop = on('write_access_requested', ({ status }) => resolve(status === 'allowed'));
    tell('web_app_request_write_access');
    return promise.finally(() => {
      clearTimeout(timer);
      stop();
    });
  }

  function scanQr(): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const stops = [
      on('qr_text_received', ({ data }) => resolve(data)),
      on('scan_qr_popup_closed', () => resolve(null)),
    ];
    tell('web_app_open_scan_qr_popup', {});
    return promise.finally(() => {
      for (const stop of stops) stop();
      tell('web_app_close_scan_qr_popup');
    });
  }

  return {
    askForWriting: !canBotWrite && can('web_app_request_write_access') ? askForWriting : null,
    scanQr: can('web_app_open_scan_qr_popup') ? scanQr : null,
  };
}
