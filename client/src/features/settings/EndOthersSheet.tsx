import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { FormError } from '../../components/FormError.tsx';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { errorText } from '../../i18n/errorText.ts';
import classes from './SettingsPage.module.css';

export interface AskingSheetProps {
  isOpen: boolean;
  onClose: () => void;
}

export function EndOthersSheet({ isOpen, onClose }: AskingSheetProps) {
  const { t } = useTranslation();
  const showToast = useToast();
  const client = useQueryClient();
  const { identity } = useApiQueries();
  const end = useMutation(
    identity.endOtherSessions.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries({ queryKey: identity.sessions.key() });
        showToast({ text: t('settings.endedOthers') });
        onClose();
      },
    }),
  );
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('settings.endOthersAsk')}>
      <div className={classes.sheet}>
        <p>{t('settings.endOthersHint')}</p>
        <FormError text={end.error ? errorText(t, end.error) : undefined} />
        <Button look="urgent" isWide isBusy={end.isPending} onClick={() => end.mutate({})}>
          {t('settings.endOthers')}
        </Button>
        <Button look="plain" isWide onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </Sheet>
  );
}
