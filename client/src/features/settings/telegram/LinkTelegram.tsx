import { IconBrandTelegram } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { FormError } from '../../../components/FormError.tsx';
import { errorText } from '../../../i18n/errorText.ts';
import { useTelegramLogin } from '../../identity/telegram/useTelegramLogin.ts';
import { ProveSheet } from './ProveSheet.tsx';
import classes from './TelegramPage.module.css';

interface LinkTelegramProps {
  isFresh: boolean;
  isOffline: boolean;
  isLinkable: boolean;
}

/** What linking is good for, and the way to Telegram; first who one is, where that is not fresh. */
export function LinkTelegram({ isFresh, isOffline, isLinkable }: LinkTelegramProps) {
  const { t } = useTranslation();
  const login = useTelegramLogin();
  const [isProving, setProving] = useState(false);
  const go = () => login.mutate({ kind: 'link' });
  if (!isLinkable) return <p className={classes.pad}>{t('telegramAccount.noWebLogin')}</p>;
  return (
    <div className={classes.pad}>
      <ul className={classes.points}>
        <li>{t('telegramAccount.linkSignIn')}</li>
        <li>{t('telegramAccount.linkInside')}</li>
        <li>{t('telegramAccount.linkBot')}</li>
      </ul>
      <p className={classes.note} role="status">
        {t(isOffline ? 'telegramAccount.needsNetwork' : 'telegramAccount.linkHint')}
      </p>
      <FormError text={login.error ? errorText(t, login.error) : undefined} />
      <Button
        isBusy={login.isPending}
        disabled={isOffline}
        className={classes.button}
        onClick={() => (isFresh ? go() : setProving(true))}
      >
        <IconBrandTelegram size={22} stroke={1.75} aria-hidden="true" />
        {t('telegramAccount.link')}
      </Button>
      <ProveSheet
        isOpen={isProving}
        isBusy={login.isPending}
        onClose={() => setProving(false)}
        onProven={go}
        error={login.error}
      />
    </div>
  );
}
