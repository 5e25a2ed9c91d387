import { useTranslation } from 'react-i18next';
import { NotificationSettings } from '../features/notifications/NotificationSettings.tsx';
import { SubPage } from '../features/settings/SubPage.tsx';

export function NotificationsPage() {
  const { t } = useTranslation();
  return (
    <SubPage title={t('notifications.title')}>
      <NotificationSettings />
    </SubPage>
  );
}
