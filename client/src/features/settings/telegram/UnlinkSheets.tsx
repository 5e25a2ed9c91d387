import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { FormError } from '../../../components/FormError.tsx';
import { useApiQueries } from '../../../components/ServicesContext.tsx';
import { Sheet } from '../../../components/Sheet.tsx';
import { useToast } from '../../../components/ToastContext.ts';
import { errorText } from '../../../i18n/errorText.ts';
import { toFailure } from '../../../net/failure.ts';
import { useTelegramIdentity } from '../../identity/telegram/useTelegramIdentity.ts';
import { useTelegramLogin } from '../../identity/telegram/useTelegramLogin.ts';
import classes from '../SettingsPage.module.css';
import { ProveSheet } from './ProveSheet.tsx';

interface UnlinkSheetsProps {
  isOpen: boolean;
  isFresh: boolean;
  onClose: () => void;
}

/** Asks whether, and who one is where that is not fresh; then unlinks. */
export function UnlinkSheets({ isOpen, isFresh, onClose }: UnlinkSheetsProps) {
  const { t } = useTranslation();
  const showToast = useToast();
  const client = useQueryClient();
  const { telegram } = useApiQueries();
  const { isLinkable } = useTelegramIdentity();
  const login = useTelegramLogin();
  const [isProving, setProving] = useState(false);
  const unlink = useMutation(
    telegram.unlink.mutationOptions({
      async onSuccess() {
        close();
        showToast({ text: t('telegramAccount.unlinkedNow') });
        await client.invalidateQueries({ queryKey: telegram.key() });
      },
      onError(error) {
        if (toFailure(error).code === 'FRESH_AUTH_NEEDED') setProving(true);
      },
    }),
  );
  const isAskedToProve = unlink.error !== null && toFailure(unlink.error).code === 'FRESH_AUTH_NEEDED';
  const error = login.error ?? (isAskedToProve ? null : unlink.error);

  function close(): void {
    setProving(false);
    unlink.reset();
    onClose();
  }

  return (
    <>
      <Sheet isOpen={isOpen && !isProving} onClose={close} title={t('telegramAccount.unlinkAsk')}>
        <div className={classes.sheet}>
          <p>{t('telegramAccount.unlinkHint')}</p>
          <FormError text={error ? errorText(t, error) : undefined} />
          <Button
            look="urgent"
            isWide
            isBusy={unlink.isPending}
            onClick={() => (isFresh ? unlink.mutate({}) : setProving(true))}
          >
            {t('telegramAccount.unlink')}
          </Button>
          <Button look="plain" isWide onClick={close}>
            {t('common.cancel')}
          </Button>
        </div>
      </Sheet>
      <ProveSheet
        isOpen={isOpen && isProving}
        isBusy={unlink.isPending || login.isPending}
        onClose={close}
        onProven={() => unlink.mutate({})}
        error={error}
        {...(isLinkable && { onTelegram: () => login.mutate({ kind: 'unlink' }) })}
      />
    </>
  );
}
