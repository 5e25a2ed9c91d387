import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import { EmptyState } from '../components/EmptyState.tsx';
import {
  BlockedPage,
  DevicesPage,
  NotificationsPage,
  PasswordPage,
  PrivacySettingsPage,
  ProfilePage,
  SoundAndCameraPage,
  TelegramPage,
} from './innerScreens.ts';

/** What opens from the settings; beside the settings themselves on a desktop. */
export function SettingsContent() {
  const { t } = useTranslation();
  return (
    <Switch>
      <Route path="/settings">
        <EmptyState text={t('settings.nothingChosen')} />
      </Route>
      <Route path="/settings/profile">
        <ProfilePage />
      </Route>
      <Route path="/settings/privacy">
        <PrivacySettingsPage />
      </Route>
      <Route path="/settings/privacy/blocked">
        <BlockedPage />
      </Route>
      <Route path="/settings/notifications">
        <NotificationsPage />
      </Route>
      <Route path="/settings/sound-and-camera">
        <SoundAndCameraPage />
      </Route>
      <Route path="/settings/telegram">
        <TelegramPage />
      </Route>
      <Route path="/settings/devices">
        <DevicesPage />
      </Route>
      <Route path="/settings/password">
        <PasswordPage />
      </Route>
      <Route>
        <EmptyState isHeading text={t('common.notFound')} hint={t('common.notFoundHint')} />
      </Route>
    </Switch>
  );
}
