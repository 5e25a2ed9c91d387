import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import type { AskingSheetProps } from './EndOthersSheet.tsx';
import classes from './SettingsPage.module.css';

export function SignOutSheet({ isOpen, onClose }: AskingSheetProps) {
  const { t } = useTranslation();
  const { session } = useServices();
  const client = useQueryClient();

  function signOut(): void {
    // What the server told this person is not for the next one.
    client.clear();
    void session.signOut();
  }

  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('settings.signOutAsk')}>
      <div className={classes.sheet}>
        <p>{t('settings.signOutHint')}</p>
        <Button look="urgent" isWide onClick={signOut}>
          {t('settings.signOut')}
        </Button>
        <Button look="plain" isWide onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </Sheet>
  );
}
