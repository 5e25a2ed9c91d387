import { IconBrandTelegram } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { FormError } from '../../../components/FormError.tsx';
import { Sheet } from '../../../components/Sheet.tsx';
import { errorText } from '../../../i18n/errorText.ts';
import { ProveForm } from '../../identity/telegram/ProveForm.tsx';
import classes from '../SettingsPage.module.css';

export interface ProveSheetProps {
  isOpen: boolean;
  onClose: () => void;
  /** Goes on by itself. */
  onProven: () => void;
  isBusy: boolean;
  /** Why what was to follow did not. */
  error: unknown;
  /** Where Telegram can prove it as well. */
  onTelegram?: () => void;
}

/** Asks once more who one is, for what needs that to be fresh. */
export function ProveSheet({ isOpen, onClose, onProven, isBusy, error, onTelegram }: ProveSheetProps) {
  const { t } = useTranslation();
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('telegramAccount.proveTitle')}>
      <div className={classes.sheet}>
        <p>{t('telegramAccount.proveLead')}</p>
        <ProveForm onProven={onProven} isBusy={isBusy}>
          <FormError text={error ? errorText(t, error) : undefined} />
          {onTelegram && (
            <Button look="plain" isWide onClick={onTelegram}>
              <IconBrandTelegram size={22} stroke={1.75} aria-hidden="true" />
              {t('telegramAccount.proveByTelegram')}
            </Button>
          )}
          <Button look="plain" isWide onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </ProveForm>
      </div>
    </Sheet>
  );
}
