import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { createContext, useContext, useMemo } from 'react';
import type { Services } from '../net/services.ts';

/** The parts that the composition root made; screens reach them by `useServices`. */
export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('ServicesContext is missing above this component');
  return services;
}

/** TanStack Query options for every procedure: `useApiQueries().identity.sessions.queryOptions()`. */
export function useApiQueries() {
  const { api } = useServices();
  return useMemo(() => createTanstackQueryUtils(api), [api]);
}
