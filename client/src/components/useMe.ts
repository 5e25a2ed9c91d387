import type { Me } from '@ahoy/shared/protocol/entities.ts';
import { useServices } from './ServicesContext.tsx';
import { useStoreOf } from './useStoreOf.ts';

/** Who is signed in; null only for the moment between signing out and the next screen. */
export function useMe(): Me | null {
  const { session } = useServices();
  return useStoreOf(session.store, (state) => state.me);
}
