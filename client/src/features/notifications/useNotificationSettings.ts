import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';
import { useMyId } from '../../components/useMyId.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { keepSettings, recallSettings } from './lastSettings.ts';

/** What I am told about, as the server knows it or knew it last, with what is being changed already in it. */
export function useNotificationSettings() {
  const { connection } = useServices();
  const me = useMyId();
  const isOffline = useStoreOf(connection, (state) => state.state === 'offline');
  const client = useQueryClient();
  const { notifications } = useApiQueries();
  const [last] = useState(() => recallSettings(localStorage, me));
  const known = useQuery(
    notifications.settings.queryOptions({
      input: {},
      // Old from the start: the server is asked, and this is shown until it answers.
      ...(last && { initialData: { settings: last }, initialDataUpdatedAt: 0 }),
    }),
  );
  const update = useMutation(
    notifications.updateSettings.mutationOptions({
      onSuccess: (answer) => client.setQueryData(notifications.settings.queryKey({ input: {} }), answer),
    }),
  );
  const held = known.data?.settings;
  useEffect(() => {
    if (held) keepSettings(localStorage, me, held);
  }, [held, me]);
  const settings = held && { ...held, ...(update.isPending && update.variables) };
  return { settings, isOffline, loading: known, update };
}
