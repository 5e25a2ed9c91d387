import { useQuery } from '@tanstack/react-query';
import { useApiQueries } from '../../../components/ServicesContext.tsx';
import { useLaunchData } from './useLaunchData.ts';

/** What my account has to do with Telegram; `isHere` is false where the operator has set up nothing of it. */
export function useTelegramIdentity() {
  const { server, telegram } = useApiQueries();
  const isInside = useLaunchData() !== undefined;
  const { data: info } = useQuery(server.info.queryOptions({ input: {} }));
  const isHere = info?.telegram != null;
  const known = useQuery({ ...telegram.identity.queryOptions({ input: {} }), enabled: isHere });
  return {
    isHere,
    /** One can prove here that one is a Telegram user. */
    isLinkable: isHere && (info.telegram?.hasWebLogin === true || isInside),
    botUsername: info?.telegram?.botUsername ?? null,
    known,
  };
}
