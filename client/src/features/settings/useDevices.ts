import { useQuery } from '@tanstack/react-query';
import { useApiQueries } from '../../components/ServicesContext.tsx';

/** My sessions, as the server knows them now. */
export function useDevices() {
  return useQuery(useApiQueries().identity.sessions.queryOptions({ input: {} }));
}
