import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useServices } from '../../../components/ServicesContext.tsx';
import { keepLogin, type LoginAim } from './pendingLogin.ts';
import { useLaunchData } from './useLaunchData.ts';

/** Goes to Telegram in this tab and comes back at `/telegram`; inside Telegram straight there, with what it signed. */
export function useTelegramLogin() {
  const { api, session } = useServices();
  const [, navigate] = useLocation();
  const launchData = useLaunchData();
  return useMutation({
    async mutationFn(aim: LoginAim) {
      if (launchData !== undefined) return navigate('/telegram', { state: { aim } });
      const { url, secret } = await api.telegram.beginLogin({});
      const userId = session.store.getState().me?.person.id ?? null;
      keepLogin(localStorage, { url, secret, aim, userId }, Date.now());
      location.assign(url);
    },
  });
}
