/** What an icon opens by itself: the app as it stands. */
const START = '/chats';

/**
 * Where a launch of the installed app leads in the window that is open already; null: nowhere else, it only comes to
 * the front. `target` is what was opened, `here` the address of the page.
 */
export function launchedPath(target: string | undefined, here: string): string | null {
  if (target === undefined || !URL.canParse(target)) return null;
  const [wanted, shown] = [new URL(target), new URL(here)];
  if (wanted.origin !== shown.origin) return null;
  const path = wanted.pathname + wanted.search + wanted.hash;
  return path === START || path === shown.pathname + shown.search + shown.hash ? null : path;
}
