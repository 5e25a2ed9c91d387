import { useEffect, useState } from 'react';

interface LinkToken {
  token: string | null;
  isBroken: boolean;
}

const HASH = /^#token=([\w-]{22,128})$/;

/**
 * The token of a letter's link, or null without one; `isBroken` when the link was cut. It is taken out of the
 * address at once, so that it is in no history and no screenshot. A link may also be opened while the page is shown.
 */
export function useLinkToken(): LinkToken {
  const [link, setLink] = useState(readLink);
  // Not while rendering: a rendering that React throws away would take the token with it.
  useEffect(() => {
    const take = () => {
      if (!location.hash.startsWith('#token')) return;
      setLink(readLink());
      history.replaceState(history.state, '', location.pathname);
    };
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return link;
}

function readLink(): LinkToken {
  const token = HASH.exec(location.hash)?.[1] ?? null;
  return { token, isBroken: token === null && location.hash.startsWith('#token') };
}
