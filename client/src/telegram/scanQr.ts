import type { Bridge } from './bridge.ts';

/** Telegram's own scanner: what the first code says, or null when the person closes it. */
export function scanQr({ tell, on }: Pick<Bridge, 'tell' | 'on'>): Promise<string | null> {
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
