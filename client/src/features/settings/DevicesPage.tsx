import { useTranslation } from 'react-i18next';
import { DeviceRows } from './DeviceRows.tsx';
import { SubPage } from './SubPage.tsx';

export function DevicesPage() {
  const { t } = useTranslation();
  return (
    <SubPage title={t('settings.devices')}>
      <DeviceRows />
    </SubPage>
  );
}
