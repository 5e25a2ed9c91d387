import type { Page } from 'playwright-core';
import { type Figure, toFigure } from './figures.ts';
import { LIST_ROWS, type OfflineDevice } from './offlineDevice.ts';

/** Left by `markDrawing`: milliseconds from the page's first script. */
declare global {
  var listDrawn: Promise<number>;
}

/**
 * A browser that starts without a network, to the drawn list of chats: from the first script of the page, so with the
 * worker's start for the app's files, beside a bare page that reads the same rows and draws them as text.
 */
export async function coldStart(device: OfflineDevice, runs: number): Promise<Figure> {
  const values: number[] = [];
  const bounds: number[] = [];
  for (let run = -1; run < runs; run += 1) {
    const value = await inNewBrowser(device, async (page) => {
      await page.addInitScript(markDrawing, LIST_ROWS);
      await page.goto('/chats');
      return page.evaluate(() => listDrawn);
    });
    const bound = await inNewBrowser(device, async (_, openBare) => {
      const bare = await openBare();
      return bare.evaluate((id) => devicePage.drawBareList(id, performance.now()), device.person.id);
    });
    // The first round only warms up: the browser compiles what is new to it.
    if (run < 0) continue;
    values.push(value);
    bounds.push(bound);
  }
  return toFigure('cold start offline, 200 chats, 50,000 messages (aim 300)', 'ms', values, bounds);
}

async function inNewBrowser<T>(
  device: OfflineDevice,
  work: (page: Page, openBare: () => Promise<Page>) => Promise<T>,
): Promise<T> {
  const context = await device.launch({ isOffline: true });
  try {
    return await work(await context.newPage(), () => device.openBare(context));
  } finally {
    await context.close();
  }
}

/** Runs before the page's own scripts. */
export function markDrawing(selector: string): void {
  const start = performance.now();
  globalThis.listDrawn = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector(selector)) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - start);
        port2.postMessage(null);
      });
    });
    observer.observe(document, { subtree: true, childList: true });
  });
}
