import { useEffect, useState } from 'react';
import { type HandOffLink, parseHandOff } from './handOffLink.ts';

/** What the link says; it is taken out of the address at once. Another may be opened while the page is shown. */
export function useHandOffLink(): HandOffLink | null {
  const [link, setLink] = useState(() => parseHandOff(location.hash));
  // Not while rendering: a rendering that React throws away would take the token with it.
  useEffect(() => {
    const take = () => {
      if (location.hash === '') return;
      setLink(parseHandOff(location.hash));
      history.replaceState(history.state, '', location.pathname);
    };
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return link;
}
