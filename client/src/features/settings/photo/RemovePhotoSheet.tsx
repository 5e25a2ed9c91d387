import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { FormError } from '../../../components/FormError.tsx';
import { Sheet } from '../../../components/Sheet.tsx';
import { useToast } from '../../../components/ToastContext.ts';
import { errorText } from '../../../i18n/errorText.ts';
import classes from '../SettingsPage.module.css';
import { usePhotoActs } from './usePhotoActs.ts';

export interface RemovePhotoSheetProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Asks first: the server forgets the photo at once. */
export function RemovePhotoSheet({ isOpen, onClose }: RemovePhotoSheetProps) {
  const { t } = useTranslation();
  const showToast = useToast();
  const { remove } = usePhotoActs();

  function confirm(): void {
    remove.mutate(
      {},
      {
        onSuccess() {
          onClose();
          showToast({ text: t('photo.removed') });
        },
      },
    );
  }

  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('photo.removeAsk')}>
      <div className={classes.sheet}>
        <p>{t('photo.removeHint')}</p>
        <FormError text={remove.error ? errorText(t, remove.error) : undefined} />
        <Button look="urgent" isWide isBusy={remove.isPending} onClick={confirm}>
          {t('photo.remove')}
        </Button>
        <Button look="plain" isWide onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </Sheet>
  );
}
