import { useQuery } from '@tanstack/react-query';
import { useApiQueries } from '../../components/ServicesContext.tsx';

interface ServerInfo {
  host: string;
  isInviteNeeded: boolean;
  hasTelegramLogin: boolean;
}

/** What this server is; its host is the page's own until the server has answered. */
export function useServerInfo(): ServerInfo {
  const { data } = useQuery(useApiQueries().server.info.queryOptions({ input: {} }));
  return {
    host: data?.host ?? location.host,
    isInviteNeeded: data?.isInviteNeeded ?? false,
    hasTelegramLogin: data?.telegram?.hasWebLogin ?? false,
  };
}
