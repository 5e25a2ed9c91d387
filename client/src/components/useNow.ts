import { useEffect, useState } from 'react';

/** The time of day, renewed every `everyMs`: for words like "5 minutes ago" and "Today". */
export function useNow(everyMs: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
