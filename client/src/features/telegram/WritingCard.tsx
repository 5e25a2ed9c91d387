import { IconBrandTelegram } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import type { TelegramPart } from '../../net/sessionDoor.ts';
import { PushCard } from '../notifications/PushCard.tsx';

/** Below the list of chats, inside Telegram: may the bot tell what a push would tell elsewhere? */
export function WritingCard() {
  const { telegram } = useServices();
  return telegram && <Card telegram={telegram} />;
}

function Card({ telegram: { writing } }: { telegram: TelegramPart }) {
  const { t } = useTranslation();
  const showToast = useToast();
  const isDue = useStoreOf(writing.store, (state) => state.isDue);
  if (!isDue) return null;
  async function allow(): Promise<void> {
    const isAllowed = await writing.ask();
    showToast({ text: t(isAllowed ? 'telegram.writingOn' : 'telegram.writingOff') });
  }
  return (
    <PushCard
      icon={<IconBrandTelegram size={24} stroke={1.75} />}
      title={t('telegram.writing')}
      text={t('telegram.writingText')}
      action={{ label: t('telegram.allow'), onClick: () => void allow() }}
      decline={{ label: t('telegram.notNow'), onClick: writing.putOff }}
    />
  );
}
