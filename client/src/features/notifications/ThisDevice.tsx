import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { browserOf, readBrowserSigns } from '../../browserOf.ts';
import { useServices } from '../../components/ServicesContext.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';
import type { PushDeviceState } from '../../net/pushDevice.ts';
import classes from './notifications.module.css';
import { PushSteps } from './PushSteps.tsx';
import { type PushTrouble, pushSteps, pushTrouble } from './pushSteps.ts';

/** Whether this device is pushed to, and what stands in the way of it. */
export function ThisDevice() {
  const { t } = useTranslation();
  const { pushDevice } = useServices();
  const now = useStoreOf(pushDevice.store, (state) => state);
  const hint = HINTS[now.state];
  const trouble = pushTrouble(now);
  const isFixed = now.state === 'serverOff' || isObstacle(now.state);
  return (
    <section className={classes.section}>
      <SwitchRow
        title={t('notifications.device')}
        {...(hint !== null && { hint: t(hint) })}
        isOn={now.state === 'on' || now.state === 'asking'}
        isDisabled={isFixed || now.state === 'asking'}
        onChange={(isWanted) => void (isWanted ? pushDevice.ask() : pushDevice.turnOff())}
      />
      {now.problem === 'server' && now.isWanted && (
        <p className={`${classes.note} ${classes.pad}`} role="status">
          {t(now.state === 'on' ? 'notifications.asLastKnown' : 'notifications.onceReached')}
        </p>
      )}
      {trouble !== null && <Trouble trouble={trouble} />}
    </section>
  );
}

function Trouble({ trouble }: { trouble: PushTrouble }) {
  const { t } = useTranslation();
  return (
    <div className={classes.trouble} role="status">
      <h2 className={classes.title} data-tone={trouble === 'notInstalled' ? undefined : 'urgent'}>
        <IconAlertCircle size={18} stroke={2} aria-hidden="true" />
        {t(TITLES[trouble])}
      </h2>
      <PushSteps steps={pushSteps(trouble, browserOf(readBrowserSigns(window)))} />
    </div>
  );
}

function isObstacle(state: PushDeviceState['state']): boolean {
  return state === 'unsupported' || state === 'notInstalled' || state === 'insecure';
}

const HINTS = {
  on: 'notifications.onHint',
  off: 'notifications.offHint',
  asking: 'notifications.askingHint',
  lost: 'notifications.lostHint',
  serverOff: 'notifications.serverOffHint',
  denied: null,
  unsupported: null,
  notInstalled: null,
  insecure: null,
} as const satisfies Record<PushDeviceState['state'], string | null>;

const TITLES = {
  denied: 'notifications.deniedTitle',
  insecure: 'notifications.insecureTitle',
  unsupported: 'notifications.unsupportedTitle',
  notInstalled: 'notifications.notInstalledTitle',
  service: 'notifications.serviceTitle',
  worker: 'notifications.workerTitle',
  refused: 'notifications.refusedTitle',
} as const satisfies Record<PushTrouble, string>;
