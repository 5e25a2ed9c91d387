import { useQuery } from '@tanstack/react-query';
import { useApiQueries } from '../../components/ServicesContext.tsx';

/** What this server is; its host is the page's own until the server has answered. */
export function useServerInfo(): { host: string; isInviteNeeded: boolean } {
  const { data } = useQuery(useApiQueries().server.info.queryOptions({ input: {} }));
  return { host: data?.host ?? location.host, isInviteNeeded: data?.isInviteNeeded ?? false };
}
