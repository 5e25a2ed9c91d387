import { useServices } from '../../../components/ServicesContext.tsx';

/** What Telegram signed when it opened the app, which proves who one is there; undefined outside of Telegram. */
export function useLaunchData(): string | undefined {
  return useServices().telegram?.initData;
}
