import { IconDevices } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Row } from '../../components/Row.tsx';
import { useDevices } from './useDevices.ts';

export function DevicesLink({ isChosen }: { isChosen: boolean }) {
  const { t } = useTranslation();
  const { data } = useDevices();
  return (
    <Row
      icon={<IconDevices size={24} stroke={1.75} />}
      title={t('settings.devices')}
      trailing={data?.devices.length}
      href="/settings/devices"
      isChosen={isChosen}
    />
  );
}
