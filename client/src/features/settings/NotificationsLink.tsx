import { IconBell } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Row } from '../../components/Row.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';

/** Says at once whether this device is pushed to. */
export function NotificationsLink({ isChosen }: { isChosen: boolean }) {
  const { t } = useTranslation();
  const { pushDevice, telegram } = useServices();
  const isOn = useStoreOf(pushDevice.store, ({ state }) => state === 'on');
  return (
    <Row
      icon={<IconBell size={24} stroke={1.75} />}
      title={t('notifications.title')}
      // Inside Telegram the bot tells, and not this device.
      {...(!telegram && { trailing: t(isOn ? 'notifications.isOn' : 'notifications.isOff') })}
      href="/settings/notifications"
      isChosen={isChosen}
    />
  );
}
