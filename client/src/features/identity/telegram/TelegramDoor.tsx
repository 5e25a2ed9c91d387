import { IconBrandTelegram } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { FormError } from '../../../components/FormError.tsx';
import { errorText } from '../../../i18n/errorText.ts';
import { useServerInfo } from '../useServerInfo.ts';
import classes from './telegram.module.css';
import { useTelegramLogin } from './useTelegramLogin.ts';

/** The other way in, below the form; nothing where the operator has not set it up. */
export function TelegramDoor() {
  const { t } = useTranslation();
  const { hasTelegramLogin } = useServerInfo();
  const login = useTelegramLogin();
  if (!hasTelegramLogin) return null;
  return (
    <div className={classes.door}>
      <p className={classes.or}>{t('telegramAccount.or')}</p>
      <FormError text={login.error ? errorText(t, login.error) : undefined} />
      <Button
        look="outline"
        isWide
        isBusy={login.isPending}
        onClick={() => login.mutate({ kind: 'signIn', ...wanted() })}
      >
        <IconBrandTelegram size={22} stroke={1.75} aria-hidden="true" />
        {t('telegramAccount.continue')}
      </Button>
    </div>
  );
}

/** Where the person wanted to go before the page for signing in stood in the way. */
function wanted(): { next?: string } {
  const state: unknown = history.state;
  const next = typeof state === 'object' && state !== null && 'next' in state ? state.next : undefined;
  return typeof next === 'string' ? { next } : {};
}
