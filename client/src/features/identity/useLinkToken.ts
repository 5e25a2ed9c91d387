import { useState } from 'react';

const HASH = /^#token=([\w-]{22,128})$/;

/**
 * The token of a letter's link, or null without one; `isBroken` when the link was cut. It is taken out of the
 * address at once, so that it is in no history and no screenshot.
 */
export function useLinkToken(): { token: string | null; isBroken: boolean } {
  const [link] = useState(() => {
    const token = HASH.exec(location.hash)?.[1] ?? null;
    return { token, isBroken: token === null && location.hash.startsWith('#token') };
  });
  if (location.hash.startsWith('#token')) history.replaceState(history.state, '', location.pathname);
  return link;
}
