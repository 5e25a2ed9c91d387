import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { useServices } from '../../../components/ServicesContext.tsx';
import { SkeletonRows } from '../../../components/SkeletonRows.tsx';
import { useStoreOf } from '../../../components/useStoreOf.ts';
import { errorText } from '../../../i18n/errorText.ts';
import { useTelegramIdentity } from '../../identity/telegram/useTelegramIdentity.ts';
import { SubPage } from '../SubPage.tsx';
import { LinkedTelegram } from './LinkedTelegram.tsx';
import { LinkTelegram } from './LinkTelegram.tsx';

/** Telegram as a way into this account, and what its bot tells. */
export function TelegramPage() {
  return (
    <SubPage title="Telegram">
      <Content />
    </SubPage>
  );
}

function Content() {
  const { t } = useTranslation();
  const { connection } = useServices();
  const isOffline = useStoreOf(connection, ({ state }) => state === 'offline');
  const { isLinkable, botUsername, known } = useTelegramIdentity();
  if (known.data) {
    const { identity, isLastWayIn, isFresh } = known.data;
    if (identity) return <LinkedTelegram {...{ identity, isLastWayIn, isFresh, isOffline, botUsername }} />;
    return <LinkTelegram {...{ isFresh, isOffline, isLinkable }} />;
  }
  if (isOffline || known.error) {
    return (
      <EmptyState
        role="alert"
        text={t('telegramAccount.loadFailed')}
        hint={isOffline || !known.error ? t('telegramAccount.needsNetwork') : errorText(t, known.error)}
        action={{ label: t('common.retry'), onClick: () => void known.refetch(), look: 'soft' }}
      />
    );
  }
  return <SkeletonRows count={3} shape="icon" />;
}
