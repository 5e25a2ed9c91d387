import { createContext, useContext } from 'react';
import type { Updates } from './updates.ts';

/** New versions of the app itself; made by the composition root. */
export const UpdatesContext = createContext<Updates | null>(null);

export function useUpdates(): Updates {
  const updates = useContext(UpdatesContext);
  if (!updates) throw new Error('UpdatesContext is missing above this component');
  return updates;
}
