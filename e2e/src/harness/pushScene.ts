import { write } from './chatActs.ts';
import { type NotificationArea, startNotificationArea } from './notificationArea.ts';
import { seeInstalled } from './offlineActs.ts';
import type { PushBrowser } from './openPushBrowser.ts';
import { type PushService, startPushService } from './pushService.ts';
import { type Ahoy, startAhoy } from './startAhoy.ts';

/** A server that pushes to a service of our own, and a desktop that shows notifications. */
export interface PushScene {
  readonly ahoy: Ahoy;
  readonly service: PushService;
  readonly area: NotificationArea;
  readonly stop: () => Promise<void>;
}

export async function startPushScene(): Promise<PushScene> {
  const [service, area] = await Promise.all([startPushService(), startNotificationArea()]);
  const ahoy = await startAhoy({ env: service.env });
  return {
    ...{ ahoy, service, area },
    async stop() {
      await ahoy.stop();
      await Promise.all([area.stop(), service.stop()]);
    },
  };
}

/** Writes something in a chat, is asked whether the app may ring when it is closed, allows it, and closes the app. */
export async function allowPushes(browser: PushBrowser, chatPath: string): Promise<void> {
  const device = await browser.open(chatPath);
  const { page, words } = device;
  await seeInstalled(device);
  await write(device, 'Ahoy');
  await page.getByRole('button', { name: words.notifications.allow }).click();
  await page.getByText(words.notifications.nowOn).waitFor();
  await browser.closeApp();
}
