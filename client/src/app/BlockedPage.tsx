import { useTranslation } from 'react-i18next';
import { BlockedPeople } from '../features/contacts/BlockedPeople.tsx';
import { SubPage } from '../features/settings/SubPage.tsx';

/** Whom I block, in the settings. */
export function BlockedPage() {
  const { t } = useTranslation();
  return (
    <SubPage title={t('settings.blocked')} backTo="/settings/privacy">
      <BlockedPeople />
    </SubPage>
  );
}
