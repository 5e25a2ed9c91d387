import {
  IconInfoCircle,
  IconKey,
  IconLanguage,
  IconLock,
  IconLogout,
  IconMoon,
  IconVideo,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Row, RowGroup } from '../../components/Row.tsx';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { useIsWide } from '../../components/useIsWide.ts';
import { useMe } from '../../components/useMe.ts';
import { InstallRow } from '../install/InstallRow.tsx';
import { AboutRows } from './AboutRows.tsx';
import { DeviceRows } from './DeviceRows.tsx';
import { DevicesLink } from './DevicesLink.tsx';
import { LanguageChoice } from './LanguageChoice.tsx';
import { LookChoice } from './LookChoice.tsx';
import { NotificationsLink } from './NotificationsLink.tsx';
import { ProfileSummary } from './ProfileSummary.tsx';
import classes from './SettingsPage.module.css';
import { SignOutSheet } from './SignOutSheet.tsx';
import { BrowserRow } from './telegram/BrowserRow.tsx';
import { TelegramLink } from './telegram/TelegramLink.tsx';

const ICON = { size: 24, stroke: 1.75 };

/** On a phone the devices stand on this page; on a desktop they have a pane of their own. */
export function SettingsPage() {
  const { t } = useTranslation();
  const [location] = useLocation();
  const isWide = useIsWide();
  const hasPassword = useMe()?.settings.email !== null;
  const [isSigningOut, setIsSigningOut] = useState(false);
  return (
    <div className={classes.page}>
      <ScreenHeader title={t('settings.title')} />
      <div className={classes.body}>
        <ProfileSummary />
        <RowGroup>
          <InstallRow />
          <BrowserRow />
          <NotificationsLink isChosen={location === '/settings/notifications'} />
          <Row
            icon={<IconLock {...ICON} />}
            title={t('settings.privacy')}
            href="/settings/privacy"
            isChosen={location.startsWith('/settings/privacy')}
          />
          {hasPassword && (
            <Row
              icon={<IconKey {...ICON} />}
              title={t('settings.password')}
              href="/settings/password"
              isChosen={location === '/settings/password'}
            />
          )}
          <Row
            icon={<IconVideo {...ICON} />}
            title={t('callSheets.soundAndCamera')}
            href="/settings/sound-and-camera"
            isChosen={location === '/settings/sound-and-camera'}
          />
          <TelegramLink isChosen={location === '/settings/telegram'} />
          {isWide && <DevicesLink isChosen={location === '/settings/devices'} />}
          <Row icon={<IconMoon {...ICON} />} title={t('settings.look')} trailing={<LookChoice />} />
          <Row
            icon={<IconLanguage {...ICON} />}
            title={t('settings.language')}
            trailing={<LanguageChoice />}
          />
        </RowGroup>
        {!isWide && <DeviceRows heading={t('settings.devices')} />}
        <AboutRows icon={<IconInfoCircle {...ICON} />} />
        <RowGroup>
          <Row
            icon={<IconLogout {...ICON} />}
            title={t('settings.signOut')}
            tone="urgent"
            onClick={() => setIsSigningOut(true)}
          />
        </RowGroup>
      </div>
      <SignOutSheet isOpen={isSigningOut} onClose={() => setIsSigningOut(false)} />
    </div>
  );
}
