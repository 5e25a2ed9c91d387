import { useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';

/** Id of the person who is signed in. */
export function useMe(): string {
  const { session } = useServices();
  return useStoreOf(session.store, (state) => state.me?.person.id ?? '');
}
