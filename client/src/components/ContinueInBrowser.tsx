import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { useContinueInBrowser } from './useContinueInBrowser.ts';

/** Out of Telegram into the person's own browser; nothing elsewhere. `to`: where it goes on. */
export function ContinueInBrowser({ to }: { to: string }) {
  const { t } = useTranslation();
  const way = useContinueInBrowser();
  if (!way) return null;
  return (
    <>
      <Button look="soft" size="small" isBusy={way.isAsking} onClick={() => void way.go(to)}>
        <IconExternalLink size={20} stroke={2} aria-hidden="true" />
        {t('telegram.continue')}
      </Button>
      <p>{t('telegram.continueText')}</p>
    </>
  );
}
