import { createContext, useContext } from 'react';

/** Shows what waits to be sent. The panel itself belongs to the app, because every screen may ask for it. */
export const OpenOutboxContext = createContext<() => void>(() => undefined);

export function useOpenOutbox(): () => void {
  return useContext(OpenOutboxContext);
}
