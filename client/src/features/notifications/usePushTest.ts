import { createId } from '@ahoy/shared/domain/ids.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useServices } from '../../components/ServicesContext.tsx';
import { NOT_STARTED, runPushTest } from './runPushTest.ts';

/** Begins a test whenever `isWanted` turns true, and on demand; ends when it turns false. */
export function usePushTest(isWanted: boolean) {
  const { api } = useServices();
  const [run, setRun] = useState(NOT_STARTED);
  const ending = useRef<AbortController | null>(null);

  const start = useCallback(() => {
    ending.current?.abort();
    const own = new AbortController();
    ending.current = own;
    void runPushTest({
      start: () => api.notifications.startTest({ id: createId() }),
      read: (id) => api.notifications.test({ id }),
      onChange: setRun,
      signal: own.signal,
    });
  }, [api]);

  useEffect(() => {
    if (!isWanted) return;
    start();
    return () => ending.current?.abort();
  }, [isWanted, start]);
  return { run, start };
}
