import type { PushTest } from '@ahoy/shared/protocol/notifications.ts';
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { browserOf, readBrowserSigns } from '../../browserOf.ts';
import classes from './notifications.module.css';
import { PushSteps } from './PushSteps.tsx';
import type { Diagnosis, PushFix } from './pushHops.ts';
import { systemSteps } from './pushSteps.ts';
import { TEST_SECONDS } from './runPushTest.ts';

type Props = { found: Diagnosis; test: PushTest | null };

const FIXES = {
  notOn: 'notifications.fixNotOn',
  renew: 'notifications.fixRenew',
  refused: 'notifications.fixRefused',
  tooMany: 'notifications.fixTooMany',
  unreachable: 'notifications.fixUnreachable',
  notShown: 'notifications.fixNotShown',
} as const satisfies Record<PushFix, string>;

/** What the test has found, and what to do about it. */
export function PushVerdict({ found, test }: Props) {
  const { t } = useTranslation();
  const system = systemSteps(browserOf(readBrowserSigns(window)));
  if (found.isGood) {
    return (
      <>
        <h3 className={classes.title} data-tone="good">
          <IconCircleCheck size={18} stroke={2} aria-hidden="true" />
          {t('notifications.verdictGood')}
        </h3>
        <p className={classes.note}>{t('notifications.verdictGoodHint')}</p>
        <PushSteps steps={system} />
      </>
    );
  }
  if (found.fix === null) return null;
  const words = { status: test?.status ?? '–', seconds: TEST_SECONDS };
  return (
    <>
      <h3 className={classes.title} data-tone="urgent">
        <IconAlertCircle size={18} stroke={2} aria-hidden="true" />
        {t('notifications.fixTitle')}
      </h3>
      <p>{t(FIXES[found.fix], words)}</p>
      {found.fix === 'notShown' && <PushSteps steps={system} />}
    </>
  );
}
