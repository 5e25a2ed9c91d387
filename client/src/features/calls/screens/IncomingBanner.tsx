import { useTranslation } from 'react-i18next';
import type { RingingCall } from '../../../rtc/callSnapshot.ts';
import classes from './IncomingBanner.module.css';
import { IncomingRow } from './IncomingRow.tsx';

/** Somebody calls while one is in a call: it stands over that and takes no focus from it. */
export function IncomingBanner({ ringing }: { ringing: readonly RingingCall[] }) {
  const { t } = useTranslation();
  return (
    <section className={classes.banner} role="alert" aria-label={t('calls.alsoCalling')}>
      {ringing.map((each) => (
        <IncomingRow key={each.call.id} ringing={each} isInCall />
      ))}
    </section>
  );
}
