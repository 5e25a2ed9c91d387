import { IconDevices } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../../components/Banner.tsx';
import { useServices } from '../../../components/ServicesContext.tsx';
import { useStoreOf } from '../../../components/useStoreOf.ts';
import { useCalledChat } from './useCallPeople.ts';

/** A call that another of one's own devices is in, and the way to take it over. */
export function ContinueHere() {
  const { calls } = useServices();
  const chatId = useStoreOf(calls.store, (state) => state.elsewhere?.chatId);
  return chatId === undefined ? null : <ContinueBanner chatId={chatId} />;
}

function ContinueBanner({ chatId }: { chatId: string }) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const { name } = useCalledChat(chatId);
  return (
    <Banner
      icon={<IconDevices size={24} stroke={1.75} />}
      title={t('calls.callWith', { name })}
      text={t('calls.onOtherDevice')}
      action={{ label: t('calls.continueHere'), onClick: () => void calls.continueHere() }}
    />
  );
}
