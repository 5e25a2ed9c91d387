import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import classes from './ChatPage.module.css';

type Props = {
  isOpen: boolean;
  title: string;
  hint: string;
  action: string;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks before something is gone for good. */
export function ConfirmSheet({ isOpen, title, hint, action, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={title} subtitle={hint}>
      <div className={classes.confirm}>
        <Button look="urgent" isWide onClick={onConfirm}>
          {action}
        </Button>
        <Button look="plain" isWide onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </Sheet>
  );
}
