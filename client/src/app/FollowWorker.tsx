import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useServices } from '../components/ServicesContext.tsx';
import { takeIntent } from '../net/intents.ts';
import { toOpenPath } from '../net/workerMessages.ts';
import { parseMeant, perform } from './meantPath.ts';

/** Goes where a click on a notification leads, in the page that is there, without loading it anew. */
export function FollowWorker() {
  const { calls, session } = useServices();
  const [, navigate] = useLocation();
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    const ending = new AbortController();

    async function follow(path: string): Promise<void> {
      const meant = parseMeant(path);
      if (meant === null || session.store.getState().status !== 'signedIn') {
        // A call goes on beside it.
        calls.setMinimised(true);
        return navigate(path);
      }
      if (await takeIntent(caches, path, Date.now())) await perform(calls, meant);
    }

    function hear({ data, ports }: MessageEvent): void {
      const wanted = toOpenPath(data);
      if (!wanted) return;
      ports[0]?.postMessage('shown');
      follow(wanted.path).catch((error: unknown) =>
        console.error('The notification could not be followed:', error),
      );
    }

    navigator.serviceWorker.addEventListener('message', hear, { signal: ending.signal });
    navigator.serviceWorker.startMessages();
    return () => ending.abort();
  }, [calls, session, navigate]);
  return null;
}
