import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { useOpenOutbox } from '../../components/OpenOutboxContext.ts';
import { useServices } from '../../components/ServicesContext.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useOutboxCounts } from '../../components/useOutboxCounts.ts';
import type { AskingSheetProps } from './EndOthersSheet.tsx';
import classes from './SettingsPage.module.css';

/** Asks before this device forgets everything; more so when something has not been sent. */
export function SignOutSheet({ isOpen, onClose }: AskingSheetProps) {
  const { t } = useTranslation();
  const { session, commands, sendNow } = useServices();
  const showToast = useToast();
  const openOutbox = useOpenOutbox();
  const { waiting, failed } = useOutboxCounts();
  const unsent = waiting + failed;

  function sendFirst(): void {
    onClose();
    openOutbox();
    commands.retryAll().then(sendNow, () => showToast({ text: t('outbox.couldNotChange') }));
  }

  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('settings.signOutAsk')}>
      {unsent > 0 ? (
        <div className={classes.sheet}>
          <p>{t('settings.signOutUnsent', { count: unsent })}</p>
          <Button isWide onClick={sendFirst}>
            {t('settings.sendFirst')}
          </Button>
          <Button look="plain" isWide className={classes.grave} onClick={() => void session.signOut()}>
            {t('settings.signOutAndDelete', { count: unsent })}
          </Button>
          <Button look="plain" isWide onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      ) : (
        <div className={classes.sheet}>
          <p>{t('settings.signOutHint')}</p>
          <Button look="urgent" isWide onClick={() => void session.signOut()}>
            {t('settings.signOut')}
          </Button>
          <Button look="plain" isWide onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      )}
    </Sheet>
  );
}
