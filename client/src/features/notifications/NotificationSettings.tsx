import { IconStethoscope } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Row, RowGroup } from '../../components/Row.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { useTelegramIdentity } from '../identity/telegram/useTelegramIdentity.ts';
import { PushDoctor } from './PushDoctor.tsx';
import { Sounds } from './Sounds.tsx';
import { TelegramNotices } from './TelegramNotices.tsx';
import { ThisDevice } from './ThisDevice.tsx';
import { WhatIsTold } from './WhatIsTold.tsx';

/** All about notifications: this device, what is told, and whether it arrives. */
export function NotificationSettings() {
  const { t } = useTranslation();
  const { pushDevice, telegram } = useServices();
  const isTestable = useStoreOf(pushDevice.store, ({ state }) => state === 'on' || state === 'lost');
  const isLinked = useTelegramIdentity().known.data?.identity != null;
  const [isTesting, setTesting] = useState(false);
  return (
    <>
      {!telegram && <ThisDevice />}
      {isTestable && (
        <RowGroup>
          <Row
            icon={<IconStethoscope size={24} stroke={1.75} />}
            title={t('notifications.test')}
            text={t('notifications.testHint')}
            onClick={() => setTesting(true)}
          />
        </RowGroup>
      )}
      <Sounds />
      <WhatIsTold />
      {isLinked && <TelegramNotices />}
      <PushDoctor isOpen={isTesting} onClose={() => setTesting(false)} />
    </>
  );
}
