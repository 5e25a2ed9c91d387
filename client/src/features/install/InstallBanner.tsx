import { IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { useInstallation } from '../../components/InstallationContext.ts';
import { Mark } from '../../components/Mark.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useLive } from '../../components/useLive.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { KEYS } from '../../offline/copy.ts';
import type { Query } from '../../offline/liveQuery.ts';
import classes from './InstallBanner.module.css';
import { InstallSheet } from './InstallSheet.tsx';
import { useInstall } from './useInstall.ts';

/** Whether something that was written leaves this device just now. */
const isSendingQuery: Query<boolean> = {
  scope: 'isSending',
  id: 'isSending',
  keys: [KEYS.outbox],
  read: async (tx) => (await tx.outbox()).some(({ kind }) => kind === 'send'),
};

/** Offers the installation at the list's foot, once, when the app has proved useful. */
export function InstallBanner() {
  const { t } = useTranslation();
  const { copy, connection, pushDevice } = useServices();
  const installation = useInstallation();
  const isOfferDue = useStoreOf(installation.store, (state) => state.isOfferDue);
  // Without a network there is a band of another kind, and nothing could be installed.
  const isOnline = useStoreOf(connection, ({ state }) => state === 'online');
  // One question at a time.
  const isAsked = useStoreOf(pushDevice.store, (state) => state.isQuestionDue || state.isLossNews);
  const isSending = useLive(copy, isSendingQuery) ?? false;
  const { isShowingSteps, begin, closeSteps } = useInstall();

  useEffect(() => {
    if (isSending) installation.noteSent();
  }, [isSending, installation]);

  if (!isOfferDue || !isOnline || isAsked) return null;
  return (
    <section className={classes.band} aria-label={t('install.title')}>
      <span className={classes.mark}>
        <Mark size={32} />
      </span>
      <p className={classes.words}>
        <b>{t('install.title')}</b>
        <span>{t('install.textShort')}</span>
      </p>
      <Button look="plain" size="small" onClick={begin}>
        {t('install.begin')}
      </Button>
      <IconButton
        label={t('install.later')}
        icon={<IconX size={20} stroke={2} aria-hidden="true" />}
        tone="quiet"
        onClick={installation.putOff}
      />
      <InstallSheet isOpen={isShowingSteps} onClose={closeSteps} />
    </section>
  );
}
