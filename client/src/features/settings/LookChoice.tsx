import { useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Segments } from '../../components/Segments.tsx';
import { useServices } from '../../components/ServicesContext.tsx';

export function LookChoice() {
  const { t } = useTranslation();
  const { telegram } = useServices();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  if (telegram) return <span>{t('telegram.look')}</span>;
  return (
    <Segments
      label={t('settings.look')}
      options={[
        { value: 'auto', label: t('settings.lookAuto') },
        { value: 'light', label: t('settings.lookLight') },
        { value: 'dark', label: t('settings.lookDark') },
      ]}
      value={colorScheme}
      onChange={setColorScheme}
    />
  );
}
