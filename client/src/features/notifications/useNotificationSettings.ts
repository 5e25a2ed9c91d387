import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';

/** What I am told about, as the server knows it or knew it last, with what is being changed already in it. */
export function useNotificationSettings() {
  const { connection } = useServices();
  const isOffline = useStoreOf(connection, (state) => state.state === 'offline');
  const client = useQueryClient();
  const { notifications } = useApiQueries();
  const known = useQuery(
    notifications.settings.queryOptions({ input: {}, gcTime: Number.POSITIVE_INFINITY }),
  );
  const update = useMutation(
    notifications.updateSettings.mutationOptions({
      onSuccess: (answer) => client.setQueryData(notifications.settings.queryKey({ input: {} }), answer),
    }),
  );
  const settings = known.data && { ...known.data.settings, ...(update.isPending && update.variables) };
  return { settings, isOffline, loading: known, update };
}
