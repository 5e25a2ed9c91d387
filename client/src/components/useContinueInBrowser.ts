import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../i18n/errorText.ts';
import { useServices } from './ServicesContext.tsx';
import { useToast } from './ToastContext.ts';

/**
 * How somebody goes on in their own browser, signed in there, by a link that works once; null outside Telegram, and for
 * guests, who have no account to be signed in to.
 */
export function useContinueInBrowser(): { isAsking: boolean; go: (to: string) => Promise<void> } | null {
  const { t } = useTranslation();
  const { api, telegram, session } = useServices();
  const showToast = useToast();
  const [isAsking, setAsking] = useState(false);
  const isGuest = session.store.getState().me?.guestOf !== undefined;
  if (!telegram || isGuest) return null;
  return {
    isAsking,
    async go(to) {
      setAsking(true);
      try {
        const { token } = await api.identity.handOff({});
        telegram.openLink(`${location.origin}/continue#${token}&to=${encodeURIComponent(to)}`);
      } catch (error) {
        telegram.haptic('error');
        showToast({ text: errorText(t, error) });
      }
      setAsking(false);
    },
  };
}
