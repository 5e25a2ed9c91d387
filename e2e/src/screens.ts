import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { findFaults } from './harness/axe.ts';
import { openCallBrowser } from './harness/callBrowser.ts';
import { comeIn } from './harness/identityActs.ts';
import { drawManifestPictures } from './harness/manifestPictures.ts';
import type { Device } from './harness/openBrowser.ts';
import { seedScene } from './harness/scene.ts';
import { SCREENS, signInFor } from './harness/screenList.ts';
import { startAhoy } from './harness/startAhoy.ts';

/** Draws every screen in both sizes, themes and languages into docs/screens, and ends with 1 where axe objects. */

const FOLDER = join(import.meta.dirname, '../../docs/screens');
const THEMES = ['light', 'dark'] as const;
const LANGUAGES = ['en', 'ru'] as const;
const FACES = (['phone', 'desktop'] as const).flatMap((size) =>
  THEMES.map((theme) => [size, theme] as const),
);
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0';
/** What the list of devices shows. */
const USER_AGENTS = {
  phone: `Mozilla/5.0 (Linux; Android 16; Pixel 9) ${CHROME} Mobile Safari/537.36`,
  desktop: `Mozilla/5.0 (X11; Linux x86_64) ${CHROME} Safari/537.36`,
};
/** Shown in the README. */
const SINGLE: Record<string, string> = {
  'chats.phone.en.light': 'readme-chats',
  'chat.phone.en.dark': 'readme-chat-dark',
  'chat.desktop.en.light': 'readme-desktop',
  'call-incoming.phone.en.light': 'readme-call',
};

type Pictures = Map<string, Buffer>;

const pictures: Pictures = new Map();
const faults: string[] = [];
const ahoy = await startAhoy({ databaseUrl: null });
const browsers = await openCallBrowser(ahoy.url);
try {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await drawForManifest();
  for (const language of LANGUAGES) {
    for (const [index, [size, theme]] of FACES.entries()) {
      // Each has an account of its own: what one writes offline leaves in the end.
      const scene = await seedScene(ahoy, language, index + 1);
      // Someone is there: online, what I wrote has reached them, and they answer when I call.
      const friend = await browsers.desktop({ language });
      await comeIn(friend, scene.peer.email);
      for (const as of ['out', 'newcomer', 'in'] as const) {
        const device = await browsers[size]({
          ...{ language, theme },
          options: { userAgent: USER_AGENTS[size] },
        });
        await signInFor(device, scene, as);
        for (const screen of SCREENS.filter((each) => each.as === as)) {
          await screen.open(device, scene, friend);
          await draw(device, [screen.name, size, language, theme].join('.'));
        }
        await device.context.close();
      }
      await friend.context.close();
    }
  }
  const page = await (await browsers.browser.newContext()).newPage();
  for (const screen of SCREENS) await drawSheet(page, screen.name);
  const sheets = SCREENS.map(({ name }) => `## ${name}\n\n![${name}](${name}.jpg)\n`);
  await writeFile(
    join(FOLDER, 'README.md'),
    `# Every screen\n\nDrawn by \`npm run screens\`: English light and dark, Russian light and dark; phones above, desktops below.\n\n${sheets.join('\n')}`,
  );
} finally {
  await browsers.close();
  await ahoy.stop();
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;

/** With an account that nobody has called yet. */
async function drawForManifest(): Promise<void> {
  const scene = await seedScene(ahoy, 'en', FACES.length + 1);
  const friend = await browsers.desktop();
  await comeIn(friend, scene.peer.email);
  await drawManifestPictures(browsers, scene);
  await friend.context.close();
}

async function draw(device: Device, name: string): Promise<void> {
  for (const fault of await findFaults(device.page)) faults.push(`${name}: ${fault}`);
  pictures.set(name, await device.page.screenshot());
  const single = SINGLE[name];
  if (single) await device.page.screenshot({ path: join(FOLDER, `${single}.png`) });
}

/** All faces of one screen on one sheet: phones above, desktops below. */
async function drawSheet(page: Page, name: string): Promise<void> {
  const row = (size: string, width: number) =>
    LANGUAGES.flatMap((language) => THEMES.map((theme) => [name, size, language, theme].join('.')))
      .map(
        (key) =>
          `<img width="${width}" src="data:image/png;base64,${pictures.get(key)?.toString('base64')}">`,
      )
      .join('');
  await page.setViewportSize({ width: 1696, height: 900 });
  await page.setContent(
    `<style>body{margin:16px;background:#888;display:inline-block}div{display:flex;flex-wrap:wrap;gap:16px;margin-bottom:16px;width:1648px}</style>
     <div>${row('phone', 400)}</div><div>${row('desktop', 816)}</div>`,
  );
  await page.screenshot({ path: join(FOLDER, `${name}.jpg`), type: 'jpeg', quality: 72, fullPage: true });
}
