import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useServices } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { PushCard } from './PushCard.tsx';

const ICON = { size: 24, stroke: 1.75 };
const SETTINGS = '/settings/notifications';

/** Below the list of chats: asks whether the app may ring when it is closed, and says when it no longer can. */
export function PushNotices() {
  const { t } = useTranslation();
  const { pushDevice } = useServices();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const isLossNews = useStoreOf(pushDevice.store, (state) => state.isLossNews);
  const isQuestionDue = useStoreOf(pushDevice.store, (state) => state.isQuestionDue);

  async function allow(): Promise<void> {
    await pushDevice.ask();
    const { state } = pushDevice.store.getState();
    if (state === 'on') return showToast({ text: t('notifications.nowOn') });
    pushDevice.notNow();
    showToast({
      text: t(state === 'denied' ? 'notifications.notAllowed' : 'notifications.notYetOn'),
      action: { label: t('notifications.whatToDo'), onClick: () => navigate(SETTINGS) },
    });
  }

  if (isLossNews) {
    return (
      <PushCard
        icon={<IconBellOff {...ICON} />}
        title={t('notifications.lost')}
        text={t('notifications.lostText')}
        action={{
          label: t('notifications.whatToDo'),
          onClick() {
            pushDevice.acknowledgeLoss();
            navigate(SETTINGS);
          },
        }}
        decline={{ label: t('common.close'), onClick: pushDevice.acknowledgeLoss }}
      />
    );
  }
  if (!isQuestionDue) return null;
  return (
    <PushCard
      icon={<IconBell {...ICON} />}
      title={t('notifications.question')}
      text={t('notifications.questionText')}
      action={{ label: t('notifications.allow'), onClick: () => void allow() }}
      decline={{ label: t('notifications.notNow'), onClick: pushDevice.notNow }}
    />
  );
}
