import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../i18n/errorText.ts';
import type { TelegramPart } from '../net/sessionDoor.ts';
import { Button } from './Button.tsx';
import { useServices } from './ServicesContext.tsx';
import { useToast } from './ToastContext.ts';

/** Out of Telegram into the person's own browser, signed in there; nothing elsewhere. `to`: where it goes on. */
export function ContinueInBrowser({ to }: { to: string }) {
  const { telegram, session } = useServices();
  const isGuest = session.store.getState().me?.guestOf !== undefined;
  return telegram && !isGuest ? <Inside telegram={telegram} to={to} /> : null;
}

function Inside({ telegram, to }: { telegram: TelegramPart; to: string }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const showToast = useToast();
  const [isAsking, setAsking] = useState(false);

  async function go(): Promise<void> {
    setAsking(true);
    try {
      const { token } = await api.identity.handOff({});
      telegram.openLink(`${location.origin}/continue#${token}&to=${encodeURIComponent(to)}`);
    } catch (error) {
      telegram.haptic('error');
      showToast({ text: errorText(t, error) });
    }
    setAsking(false);
  }

  return (
    <>
      <Button look="soft" size="small" isBusy={isAsking} onClick={() => void go()}>
        <IconExternalLink size={20} stroke={2} aria-hidden="true" />
        {t('telegram.continue')}
      </Button>
      <p>{t('telegram.continueText')}</p>
    </>
  );
}
