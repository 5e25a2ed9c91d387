import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFaults } from './harness/axe.ts';
import { type Browsers, openBrowser } from './harness/openBrowser.ts';
import { type Scene, seedScene } from './harness/scene.ts';
import { SCREENS, signInFor } from './harness/screenList.ts';
import { type Ahoy, startAhoy } from './harness/startAhoy.ts';

let ahoy: Ahoy;
let browsers: Browsers;
let scene: Scene;

beforeAll(async () => {
  ahoy = await startAhoy();
  browsers = await openBrowser(ahoy.url);
  scene = await seedScene(ahoy, 'ru');
});
afterAll(async () => {
  await browsers?.close();
  await ahoy?.stop();
});

// The pictures' script looks at all sizes, themes and languages; here each screen stands in its hardest one.
for (const as of ['out', 'newcomer', 'in'] as const) {
  test(`axe finds no serious fault on the screens of "${as}", dark on a phone and light on a desktop`, async () => {
    const faults: string[] = [];
    const devices = [await browsers.phone(), await browsers.desktop({ language: 'ru' })];
    for (const device of devices) {
      await signInFor(device, scene, as);
      for (const screen of SCREENS.filter((each) => each.as === as)) {
        await screen.open(device, scene);
        for (const fault of await findFaults(device.page)) faults.push(`${screen.name}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
    // Violations of the content security policy among them.
    expect(browsers.complaints()).toEqual([]);
  }, 120_000);
}
