import type { PushTest } from '@ahoy/shared/protocol/notifications.ts';
import { IconCircle, IconCircleCheckFilled, IconCircleXFilled, IconLoader2 } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import classes from './PushDoctor.module.css';
import type { Hop } from './pushHops.ts';

type Props = {
  hop: Hop;
  /** Host of the push service; null: not known. */
  service: string | null;
  test: PushTest | null;
};

const ICONS = {
  done: IconCircleCheckFilled,
  failed: IconCircleXFilled,
  running: IconLoader2,
  waiting: IconCircle,
} as const;

const STANDINGS = {
  done: 'notifications.hopDone',
  failed: 'notifications.hopFailed',
  running: 'notifications.hopRunning',
  waiting: 'notifications.hopWaiting',
} as const;

/** One stretch of the way of a push. */
export function PushHop({ hop, service, test }: Props) {
  const { t } = useTranslation();
  const Icon = ICONS[hop.standing];
  return (
    <li className={classes.hop} data-standing={hop.standing}>
      <Icon size={22} className={classes.icon} role="img" aria-label={t(STANDINGS[hop.standing])} />
      <span className={classes.name}>{nameOf(t, hop, service ?? t('notifications.pushService'), test)}</span>
      {hop.afterMs !== null && <span className={classes.time}>{timeOf(t, hop.afterMs)}</span>}
    </li>
  );
}

function nameOf(t: TFunction, { name, standing }: Hop, service: string, test: PushTest | null): string {
  switch (name) {
    case 'device':
      return t('notifications.hopDevice');
    case 'server':
      return t('notifications.hopServer');
    case 'service':
      if (test?.status) return t('notifications.hopServiceStatus', { service, status: test.status });
      return standing === 'failed'
        ? t('notifications.hopServiceSilent', { service })
        : t('notifications.hopService', { service });
    case 'shown':
      return t('notifications.hopShown');
    default:
      return name satisfies never;
  }
}

function timeOf(t: TFunction, ms: number): string {
  if (ms < 1_000) return t('notifications.afterMs', { ms: Math.round(ms) });
  return t('notifications.afterSeconds', { seconds: (ms / 1_000).toFixed(1) });
}
