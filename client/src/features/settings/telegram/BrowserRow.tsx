import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Row } from '../../../components/Row.tsx';
import { useContinueInBrowser } from '../../../components/useContinueInBrowser.ts';

const HOME = '/chats';

/** For whoever has had enough of Telegram's window; nothing outside it. */
export function BrowserRow() {
  const { t } = useTranslation();
  const way = useContinueInBrowser();
  if (!way) return null;
  return (
    <Row
      icon={<IconExternalLink size={24} stroke={1.75} />}
      title={t('telegram.continue')}
      onClick={() => void way.go(HOME)}
    />
  );
}
