import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useServices } from '../components/ServicesContext.tsx';
import { useStoreOf } from '../components/useStoreOf.ts';
import { takeIntent } from '../net/intents.ts';
import type { CallsState } from '../rtc/callSnapshot.ts';
import { CallHost, loadCallLayer } from './CallHost.tsx';
import { parseMeant, perform } from './meantPath.ts';
import { Splash } from './Splash.tsx';

/** Loads what a call needs while it is still asked who is signed in. */
export function BeforeCall({ children }: { children: ReactNode }) {
  const { calls } = useServices();
  useEffect(() => {
    // What does not come now is asked for again by the call itself.
    for (const loading of [calls.openMedia(), loadCallLayer()]) {
      loading.catch((error: unknown) => console.debug('Not loaded early:', error));
    }
  }, [calls]);
  return children;
}

/** Straight into a call, from a notification. Needs no list and waits for no copy; goes to the app once there is nothing more to show. */
export function MeantPage() {
  const { calls } = useServices();
  const [, navigate] = useLocation();
  const [isDone, setDone] = useState(false);
  const isBegun = useRef(false);
  const isCallShown = useStoreOf(calls.store, isShown);

  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    const path = location.pathname + location.search;
    const meant = parseMeant(path);
    const run = async () => {
      const isMeant = meant !== null && (await takeIntent(caches, path, Date.now()));
      if (isMeant) await perform(calls, meant);
    };
    run()
      .catch((error: unknown) => console.error('The notification could not be followed:', error))
      .finally(() => setDone(true));
  }, [calls]);

  useEffect(() => {
    if (isDone && !isCallShown) navigate('/calls', { replace: true });
  }, [isDone, isCallShown, navigate]);

  return <CallHost>{(cover) => (cover === 'covered' || isDone ? <main /> : <Splash />)}</CallHost>;
}

/** A call, or why there is none, is over the page. */
function isShown({ session, isMinimised, ringing, refusal }: CallsState): boolean {
  return (session !== null && !isMinimised) || ringing.length > 0 || refusal !== null;
}
