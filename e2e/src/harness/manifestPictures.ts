import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rowOf, seeMessage } from './chatActs.ts';
import { comeIn } from './identityActs.ts';
import { type Browsers, type Device, SIZES } from './openBrowser.ts';
import type { Scene } from './scene.ts';

const FOLDER = join(import.meta.dirname, '../../../client/public/screenshots');

/** The pictures that a browser shows when it asks whether to install the app; `client/build/manifest.ts` names them. */
export async function drawManifestPictures(browsers: Browsers, scene: Scene): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const look = { language: 'en', theme: 'light' } as const;
  const phone = await browsers.phone(look);
  await comeIn(phone, scene.me.email);
  await rowOf(phone, scene.friend).waitFor();
  await draw(phone, 'phone.webp', 2);
  const desktop = await browsers.desktop(look);
  await comeIn(desktop, scene.me.email);
  await desktop.page.goto(`/chats/${scene.chatId}`);
  await seeMessage(desktop, scene.mine);
  await draw(desktop, 'desktop.webp');
}

/** As WebP, which Playwright itself cannot write. */
async function draw({ page, context }: Device, file: string, scale = 1): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const devtools = await context.newCDPSession(page);
  const clip = { x: 0, y: 0, ...(page.viewportSize() ?? SIZES.desktop), scale };
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 82, clip });
  await writeFile(join(FOLDER, file), Buffer.from(data, 'base64'));
  await context.close();
}
