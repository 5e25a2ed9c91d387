import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFaults } from './harness/axe.ts';
import { openCallBrowser } from './harness/callBrowser.ts';
import { comeIn } from './harness/identityActs.ts';
import type { Browsers, Device } from './harness/openBrowser.ts';
import { type Scene, seedScene } from './harness/scene.ts';
import { SCREENS, type Screen, signInFor } from './harness/screenList.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';

let ahoy: Ahoy;
let browsers: Browsers;
let scene: Scene;
/** The desktop of the friend whom the phone talks with. */
let theirs: Device;

beforeAll(async () => {
  ahoy = await startAhoy();
  browsers = await openCallBrowser(ahoy.url);
  scene = await seedScene(ahoy, 'ru');
  theirs = await browsers.desktop({ language: 'ru' });
  await comeIn(theirs, scene.peer.email);
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});

// The pictures' script looks at all sizes, themes and languages; here each screen stands in its hardest one.
for (const as of ['out', 'newcomer', 'in'] as const) {
  for (const look of ['phone', 'desktop'] as const) {
    const where = look === 'phone' ? 'dark on a phone' : 'light on a desktop';
    test(`axe finds no serious fault on the screens of "${as}", ${where}`, async () => {
      const faults: string[] = [];
      const device = await browsers[look]({ language: 'ru' });
      await signInFor(device, scene, as);
      for (const screen of SCREENS.filter((each) => each.as === as)) {
        for (const page of await pagesOf(device, screen)) {
          for (const fault of await findFaults(page)) faults.push(`${screen.name}: ${fault}`);
        }
      }
      await device.context.close();
      expect(faults).toEqual([]);
      // Violations of the content security policy among them.
      expect(browsers.complaints()).toEqual([]);
    }, 180_000);
  }
}

/** Opens the screen. One call is enough: the phone makes it, and the desktop is at its other end. */
async function pagesOf(device: Device, screen: Screen): Promise<Page[]> {
  if (screen.call && !device.isPhone) return [];
  await screen.open(device, scene, theirs);
  return screen.call === 'both' ? [device.page, theirs.page] : [device.page];
}
