import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Row, RowGroup } from '../../components/Row.tsx';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { useMe } from '../../components/useMe.ts';
import { SettingSwitch } from './SettingSwitch.tsx';
import { SubPage } from './SubPage.tsx';
import { WhoMayCall } from './WhoMayCall.tsx';

export function PrivacySettingsPage() {
  const { t } = useTranslation();
  const settings = useMe()?.settings;
  const { data } = useQuery(useApiQueries().server.info.queryOptions({ input: {} }));
  const isRelayed = settings?.isAlwaysRelayed === true;
  const hasNoRelay = data?.hasRelay === false;
  return (
    <SubPage title={t('settings.privacy')}>
      <WhoMayCall />
      <SettingSwitch
        setting="isAlwaysRelayed"
        title={t('settings.alwaysRelayed')}
        hint={t(hasNoRelay ? 'settings.noRelay' : 'settings.alwaysRelayedHint')}
        isOn={isRelayed}
        isDisabled={hasNoRelay && !isRelayed}
      />
      {settings?.email !== null && (
        <SettingSwitch
          setting="isFindableByEmail"
          title={t('settings.findable')}
          hint={t('settings.findableHint')}
          isOn={settings?.isFindableByEmail === true}
        />
      )}
      <SettingSwitch
        setting="isMetInRooms"
        title={t('settings.metInRooms')}
        hint={t('settings.metInRoomsHint')}
        isOn={settings?.isMetInRooms === true}
      />
      <RowGroup>
        <Row title={t('settings.blocked')} href="/settings/privacy/blocked" />
      </RowGroup>
    </SubPage>
  );
}
