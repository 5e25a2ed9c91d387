import { useEffect, useState } from 'react';

/** False for the first `delayMs` milliseconds after mounting, then true. */
export function useDelayed(delayMs: number): boolean {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsDue(true), delayMs);
    return () => clearTimeout(timer);
  }, [delayMs]);
  return isDue;
}
