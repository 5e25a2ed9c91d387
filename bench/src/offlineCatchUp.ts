import type { Page } from 'playwright-core';
import { type Figure, toFigure } from './figures.ts';
import { LIST_ROWS, type OfflineDevice } from './offlineDevice.ts';
import type { SeededChat } from './offlineRows.ts';

const MISSED = 10_000;
const FIRST_ROW = 'nav a[data-index="0"]';

/** From the network's return to a current copy and a drawn list: 50 messages in each of 200 chats, or all in one. */
export async function catchUp(device: OfflineDevice, runs: number): Promise<Figure[]> {
  const context = await device.launch({ isOffline: false });
  try {
    const page = await device.openApp(context);
    const spread: number[] = [];
    const spreadBounds: number[] = [];
    const inOne: number[] = [];
    const inOneBounds: number[] = [];
    const [longest] = device.chats;
    if (!longest) throw new Error('there is no chat');
    for (let run = 0; run < runs; run += 1) {
      const each = MISSED / device.chats.length;
      spread.push(await miss(device, page, device.chats, each, LIST_ROWS, `missed-${run}`));
      spreadBounds.push(await putBare(device, page, each, device.chats.length));
    }
    for (let run = 0; run < runs; run += 1) {
      inOne.push(await miss(device, page, [longest], MISSED, FIRST_ROW, `flood-${run}`));
      inOneBounds.push(await putBare(device, page, MISSED, 1));
    }
    return [
      toFigure('catching up on 10,000 messages in 200 chats (aim 1000)', 'ms', spread, spreadBounds),
      toFigure('catching up on 10,000 messages in one chat (aim 1000)', 'ms', inOne, inOneBounds),
    ];
  } finally {
    await context.close();
  }
}

async function miss(
  device: OfflineDevice,
  page: Page,
  chats: readonly SeededChat[],
  count: number,
  selector: string,
  mark: string,
): Promise<number> {
  const { person, rows } = device;
  await page.context().setOffline(true);
  await rows.addMissed(person.id, chats, count, mark);
  const versions = Object.fromEntries(chats.map(({ id, lastSeq }) => [id, lastSeq + 1]));
  const caughtUp = page.evaluate(
    ([id, versions, selector, mark]) => devicePage.catchUp(id, versions, selector, mark),
    [person.id, versions, selector, mark] as const,
  );
  await page.evaluate(() => devicePage.afterPaint());
  await page.context().setOffline(false);
  return caughtUp;
}

/** The rows that the server had for the device, by bare IndexedDB. */
async function putBare(device: OfflineDevice, page: Page, newest: number, chats: number): Promise<number> {
  const ids = new Set(device.chats.slice(0, chats).map(({ id }) => id));
  const rows = (await device.rows.messages(newest)).filter(({ chatId }) => ids.has(chatId));
  return page.evaluate((some) => devicePage.putBare(some), rows);
}
