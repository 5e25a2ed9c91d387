import { useServices } from './ServicesContext.tsx';
import { useStoreOf } from './useStoreOf.ts';

/** Id of the person who is signed in. */
export function useMyId(): string {
  const { session } = useServices();
  return useStoreOf(session.store, (state) => state.me?.person.id ?? '');
}
