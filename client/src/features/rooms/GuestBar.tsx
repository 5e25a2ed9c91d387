import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../components/Button.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';
import classes from './GuestBar.module.css';
import { useStanding } from './useStanding.ts';

/** For a guest, above the room's chat: back into the call, or to an account that keeps all this. */
export function GuestBar({ chatId }: { chatId: string }) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const [, navigate] = useLocation();
  const [isBusy, setBusy] = useState(false);
  const media = useStanding(chatId)?.media ?? 'video';
  const isInCall = useStoreOf(calls.store, ({ session }) => session !== null);
  if (isInCall) return null;
  function join() {
    setBusy(true);
    void calls
      .enterRoom({ chatId, media, isWithCamera: media === 'video', isWithMicrophone: true })
      .finally(() => setBusy(false));
  }
  return (
    <div className={classes.bar}>
      <div className={classes.words}>
        <b>{t('rooms.guestOnly')}</b> {t('rooms.createAccountHint')}
      </div>
      <div className={classes.buttons}>
        <Button look="soft" size="small" onClick={() => navigate('/sign-up')}>
          {t('rooms.createAccount')}
        </Button>
        <Button size="small" isBusy={isBusy} onClick={join}>
          {t('rooms.joinAgain')}
        </Button>
      </div>
    </div>
  );
}
