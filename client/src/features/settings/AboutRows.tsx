import { IconFileText, IconShieldLock, IconSourceCode } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Row, RowGroup } from '../../components/Row.tsx';
import { useApiQueries } from '../../components/ServicesContext.tsx';

const ICON = { size: 24, stroke: 1.75 };

export function AboutRows({ icon }: { icon: ReactNode }) {
  const { t } = useTranslation();
  const { data } = useQuery(useApiQueries().server.info.queryOptions({ input: {} }));
  return (
    <RowGroup title={t('settings.aboutApp')}>
      <Row icon={icon} title={t('settings.version')} trailing={data?.version ?? '…'} />
      <Row icon={<IconFileText {...ICON} />} title={t('settings.terms')} href="/terms" />
      <Row icon={<IconShieldLock {...ICON} />} title={t('settings.privacyPage')} href="/privacy" />
      <Row icon={<IconSourceCode {...ICON} />} title={t('settings.apiDocs')} href="/api/docs" isExternal />
    </RowGroup>
  );
}
