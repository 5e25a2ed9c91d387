import { IconAlertCircle, IconCloudOff, IconRefresh } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Banner, type BannerProps } from '../../components/Banner.tsx';
import { useOpenOutbox } from '../../components/OpenOutboxContext.ts';
import { useServices } from '../../components/ServicesContext.tsx';
import { useDelayed } from '../../components/useDelayed.ts';
import { useOutboxCounts } from '../../components/useOutboxCounts.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import type { OutboxCounts } from '../../offline/readModels.ts';

/** What is over at once is not worth a word. */
const SHOWN_AFTER_MS = 2_000;
const ICON = { size: 24, stroke: 1.75 };

/** Says at the foot of the list that the server cannot be reached, what waits for it, and what needs the person. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const { connection } = useServices();
  const state = useStoreOf(connection, (now) => now.state);
  const counts = useOutboxCounts();
  const openOutbox = useOpenOutbox();
  const hasItems = counts.waiting + counts.failed > 0;
  const action = hasItems
    ? { label: t('connection.view'), description: t('connection.viewOutbox'), onClick: openOutbox }
    : undefined;
  const shared = { text: counted(t, counts), ...(action && { action }) };

  if (state === 'offline') {
    return (
      <Banner
        icon={<IconCloudOff {...ICON} />}
        title={t('connection.offline')}
        {...shared}
        text={shared.text ?? t('connection.offlineHint')}
      />
    );
  }
  if (counts.failed > 0) {
    return (
      <Banner
        tone="urgent"
        icon={<IconAlertCircle {...ICON} />}
        title={needsYou(t, counts)}
        {...shared}
        text={t('connection.notSentHint')}
      />
    );
  }
  if (state === 'connecting') {
    return (
      <LateBanner
        key="connecting"
        icon={<IconRefresh {...ICON} />}
        title={t('connection.connecting')}
        {...shared}
        text={shared.text ?? t('connection.connectingHint')}
      />
    );
  }
  if (!counts.hasTrouble) return null;
  return (
    <LateBanner
      key="trouble"
      icon={<IconCloudOff {...ICON} />}
      title={t('connection.trouble')}
      {...shared}
      text={shared.text ?? t('connection.offlineHint')}
    />
  );
}

function LateBanner(props: BannerProps) {
  return useDelayed(SHOWN_AFTER_MS) ? <Banner {...props} /> : null;
}

function counted(t: TFunction, counts: OutboxCounts): string | undefined {
  const { waitingMessages, failed } = counts;
  if (waitingMessages === 0) return failed > 0 ? needsYou(t, counts) : undefined;
  if (failed === 0) return t('connection.messagesWait', { count: waitingMessages });
  return `${t('outbox.waiting', { count: counts.waiting })}, ${t('outbox.needsYou', { count: failed })}`;
}

function needsYou(t: TFunction, { failedMessages }: Pick<OutboxCounts, 'failedMessages'>): string {
  if (failedMessages === 0) return t('connection.chatNeedsYou');
  return t('connection.messagesNeedYou', { count: failedMessages });
}
