import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { bundlePage } from '../../client/build/bundlePage.ts';
import { CHROMIUM } from '../../e2e/src/harness/openBrowser.ts';
import type * as exportsOfPage from './applyingPage.ts';
import { type Effort, type Figure, toFigure } from './figures.ts';

/** The exports of `applyingPage.ts`, in the page that is opened here. */
declare global {
  const applyingPage: typeof exportsOfPage;
}

const ORIGIN = 'http://127.0.0.1/';
/** As a sync's answer has them: 2,000 rows in a transaction. */
const CATCH_UP = { chats: 200, deltasPerChat: 1, perDelta: 50, perTransaction: 40 };
/** As live events have them: each message a transaction. */
const LIVE = { chats: 200, deltasPerChat: 5, perDelta: 1, perTransaction: 1 };

/** Rows per second through the real `writeChatDelta`, into IndexedDB and into memory, beside bare puts. */
export async function applying({ runs }: Effort): Promise<Figure[]> {
  const script = await bundlePage(join(import.meta.dirname, 'applyingPage.ts'), 'applyingPage');
  const browser = await chromium.launch(CHROMIUM);
  try {
    const page = await browser.newPage();
    await page.route('**', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
    await page.goto(ORIGIN);
    await page.evaluate(script);
    return [
      ...(await measure(page, runs, 'applyDelta, 50 rows each', CATCH_UP)),
      ...(await measure(page, runs, 'applyDelta, live', LIVE)),
    ];
  } finally {
    await browser.close();
  }
}

async function measure(page: Page, runs: number, name: string, size: typeof CATCH_UP): Promise<Figure[]> {
  const values: Record<'device' | 'memory' | 'bare', number[]> = { device: [], memory: [], bare: [] };
  // The first round only warms up.
  for (let run = -1; run < runs; run += 1) {
    const speeds = await page.evaluate(async ({ chats, deltasPerChat, perDelta, perTransaction }) => {
      const deltas = applyingPage.makeDeltas(chats, deltasPerChat, perDelta);
      const perSecond = (ms: number) => (deltas.messages.length / ms) * 1_000;
      return {
        device: perSecond(await applyingPage.writeToDevice(deltas, perTransaction)),
        memory: perSecond(await applyingPage.writeToMemory(deltas, perTransaction)),
        bare: perSecond(await applyingPage.putBare(deltas, perTransaction)),
      };
    }, size);
    if (run < 0) continue;
    values.device.push(speeds.device);
    values.memory.push(speeds.memory);
    values.bare.push(speeds.bare);
  }
  return [
    toFigure(`${name}, IndexedDB`, 'rows/s', values.device, values.bare),
    toFigure(`${name}, memory`, 'rows/s', values.memory, values.bare),
  ];
}
