import { PROTOCOL } from '@ahoy/shared/protocol/version.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/EmptyState.tsx';
import { useApiQueries, useServices } from '../components/ServicesContext.tsx';
import { useUpdates } from './UpdatesContext.ts';
import { useIsInCall } from './useIsBusy.ts';

/**
 * A server that no longer understands this page says so before anything fails strangely. It is asked at the start, and
 * whenever a connection to it comes about: it may be another one since. A call is not cut off.
 */
export function TooOldNotice({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { connection } = useServices();
  const updates = useUpdates();
  const queries = useQueryClient();
  const info = useApiQueries().server.info.queryOptions({ input: {} });
  const { data } = useQuery(info);
  const isInCall = useIsInCall();
  const [isTaken, setTaken] = useState(false);
  const [queryKey] = useState(info.queryKey);

  useEffect(
    () =>
      connection.subscribe(({ state }, before) => {
        if (state === 'online' && before.state !== 'online')
          void queries.refetchQueries({ queryKey, stale: true });
      }),
    [connection, queries, queryKey],
  );

  const isTooOld = data !== undefined && data.minClientProtocol > PROTOCOL.client;
  if (!isTooOld || isInCall) return children;
  return (
    <EmptyState
      isHeading
      role="alert"
      text={t('install.tooOld')}
      hint={t('install.tooOldHint')}
      action={{
        label: isTaken ? t('install.updating') : t('install.update'),
        onClick() {
          setTaken(true);
          void updates.take();
        },
      }}
    />
  );
}
