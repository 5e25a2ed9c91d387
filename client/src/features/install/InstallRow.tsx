import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Row } from '../../components/Row.tsx';
import { InstallSheet } from './InstallSheet.tsx';
import { useInstall } from './useInstall.ts';

/** In the settings, as long as the app is not installed and can be. */
export function InstallRow() {
  const { t } = useTranslation();
  const { way, isShowingSteps, begin, closeSteps } = useInstall();
  if (way === null) return null;
  return (
    <>
      <Row
        icon={<IconDownload size={24} stroke={1.75} />}
        title={t('install.title')}
        text={t('install.text')}
        onClick={begin}
      />
      <InstallSheet isOpen={isShowingSteps} onClose={closeSteps} />
    </>
  );
}
