import { type Figure, toFigure } from './figures.ts';
import type { OfflineDevice } from './offlineDevice.ts';

const PAGE = 100;
const LINE = '[role=log] article';

/** Clicking the chat of 20,000 messages to its drawn newest page; then clicking a quote of its very first message. */
export async function openLongChat(device: OfflineDevice, runs: number): Promise<Figure[]> {
  const [chat] = device.chats;
  if (!chat) throw new Error('there is no chat');
  const openings: number[] = [];
  const jumps: number[] = [];
  const newest: number[] = [];
  const oldest: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const context = await device.launch({ isOffline: true });
    try {
      const page = await device.openApp(context);
      openings.push(
        await page
          .locator(`nav a[href="/chats/${chat.id}"]`)
          .evaluate((row: HTMLElement, [line, text]) => devicePage.clickUntil(row, line, text), [
            LINE,
            `Message ${chat.lastSeq} `,
          ] as const),
      );
      // The quote shows the first message too, so the second says that the history is there.
      jumps.push(
        await page
          .locator(LINE)
          .last()
          .getByTitle('Show the message')
          .evaluate((quote: HTMLElement, [line, text]) => devicePage.clickUntil(quote, line, text), [
            LINE,
            'Message 2 ',
          ] as const),
      );
      await page.close();
      const bare = await device.openBare(context);
      const draw = (toSeq: number) =>
        bare.evaluate(([id, page]) => devicePage.drawBarePage(id, page), [
          device.person.id,
          { chatId: chat.id, fromSeq: toSeq - PAGE + 1, toSeq },
        ] as const);
      newest.push(await draw(chat.lastSeq));
      oldest.push(await draw(PAGE));
    } finally {
      await context.close();
    }
  }
  return [
    toFigure('opening a chat of 20,000 messages', 'ms', openings, newest),
    toFigure('jumping to its first message', 'ms', jumps, oldest),
  ];
}
