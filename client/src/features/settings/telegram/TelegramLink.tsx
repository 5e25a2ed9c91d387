import { IconBrandTelegram } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Row } from '../../../components/Row.tsx';
import { useTelegramIdentity } from '../../identity/telegram/useTelegramIdentity.ts';

/** Says at once whether Telegram leads into this account; nothing where neither it does nor it could. */
export function TelegramLink({ isChosen }: { isChosen: boolean }) {
  const { t } = useTranslation();
  const { isLinkable, known } = useTelegramIdentity();
  const identity = known.data?.identity;
  if (!isLinkable && !identity) return null;
  const who = identity?.username ? `@${identity.username}` : identity?.name;
  return (
    <Row
      icon={<IconBrandTelegram size={24} stroke={1.75} />}
      title="Telegram"
      trailing={known.data && (who ?? t('telegramAccount.notLinked'))}
      href="/settings/telegram"
      isChosen={isChosen}
    />
  );
}
