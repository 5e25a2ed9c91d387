import { useEffect, useState } from 'react';
import type { CallSnapshot } from '../../../rtc/callSnapshot.ts';
import { runningTime } from './runningTime.ts';

/** The running time of a call that was answered, renewed as each second ends; null before. */
export function useRunningTime(call: CallSnapshot): string | null {
  const { answeredAt, phase } = call;
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (answeredAt === null || phase === 'ended') return;
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setNow(Date.now());
      timer = setTimeout(tick, 1000 - ((Date.now() - answeredAt) % 1000));
    };
    tick();
    return () => clearTimeout(timer);
  }, [answeredAt, phase]);
  return answeredAt === null ? null : runningTime((now - answeredAt) / 1000);
}
