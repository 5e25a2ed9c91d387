import { useServices } from '../../../components/ServicesContext.tsx';
import type { Services } from '../../../net/services.ts';

type InsideTelegram = { readonly telegram?: { readonly initData: string } | undefined };

/** What Telegram signed when it opened the app, which proves who one is there; undefined outside of Telegram. */
export function useLaunchData(): string | undefined {
  const services: Services & InsideTelegram = useServices();
  return services.telegram?.initData;
}
