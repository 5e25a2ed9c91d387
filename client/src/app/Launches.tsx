import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useServices } from '../components/ServicesContext.tsx';
import { launchedPath } from './launchedPath.ts';

/** Launch Handler API (WICG), Chromium only, and missing in TypeScript's own types. */
type LaunchQueue = { setConsumer: (consumer: (launch: { targetURL?: string }) => void) => void };

function launchQueueOf(from: Window & { launchQueue?: LaunchQueue }): LaunchQueue | undefined {
  return from.launchQueue;
}

/** Opens shortcuts, links and what is shared in the window that is there, without loading the page anew. */
export function Launches() {
  const { calls } = useServices();
  const [, navigate] = useLocation();
  useEffect(() => {
    launchQueueOf(window)?.setConsumer(({ targetURL }) => {
      const path = launchedPath(targetURL, location.href);
      if (path === null) return;
      // A call goes on beside it.
      calls.setMinimised(true);
      navigate(path);
    });
  }, [calls, navigate]);
  return null;
}
