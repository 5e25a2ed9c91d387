import { leaveIntent } from '../../net/intents.ts';
import type { OpenPath } from '../../net/workerMessages.ts';

type Page = Pick<WindowClient, 'focused' | 'visibilityState' | 'focus' | 'navigate' | 'postMessage'>;

export type PageOpener = {
  clients: {
    matchAll: (options: { type: 'window'; includeUncontrolled: true }) => Promise<readonly Page[]>;
    openWindow: (url: string) => Promise<unknown>;
  };
  caches: CacheStorage;
  now: () => number;
};

/** A page that runs answers at once; one that does not is loaded anew. */
const ANSWER_WITHIN_MS = 1_500;

/** Shows a path in the page that is there, without loading it anew, or else in a new one. */
export async function openPage(
  { clients, caches, now }: PageOpener,
  { path, isMeant }: { path: string; isMeant: boolean },
): Promise<void> {
  if (isMeant) await leaveIntent(caches, path, now());
  const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page =
    pages.find((each) => each.focused) ??
    pages.find((each) => each.visibilityState === 'visible') ??
    pages[0];
  if (!page) {
    await clients.openWindow(path);
    return;
  }
  // Refused without a click, which is none of ours to decide; the page shows the path nevertheless.
  await page.focus().catch((error: unknown) => console.debug('The page was not focused:', error));
  if (await isShownIn(page, path)) return;
  await page.navigate(path).catch(() => clients.openWindow(path));
}

function isShownIn(page: Page, path: string): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  const message: OpenPath = { type: 'open', path };
  return new Promise((resolve) => {
    const end = (isShown: boolean) => {
      clearTimeout(timer);
      port1.close();
      resolve(isShown);
    };
    const timer = setTimeout(() => end(false), ANSWER_WITHIN_MS);
    port1.onmessage = () => end(true);
    page.postMessage(message, [port2]);
  });
}
