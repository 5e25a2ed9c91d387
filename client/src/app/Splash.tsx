import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../components/Mark.tsx';
import { useDelayed } from '../components/useDelayed.ts';
import classes from './Splash.module.css';

const MARK_AFTER_MS = 200;
const WORDS_AFTER_MS = 4_000;

/** While it is not known yet who is signed in, and while the first screen loads. */
export function Splash() {
  const { t } = useTranslation();
  const isDue = useDelayed(MARK_AFTER_MS);
  // It goes on from the one of index.html.
  const [wasShown] = useState(() => document.getElementById('start') !== null);
  const isLong = useDelayed(WORDS_AFTER_MS);
  return (
    <main className={classes.root} aria-busy="true" aria-label={t('common.loading')}>
      {(isDue || wasShown) && <Mark size={64} />}
      <p role="status" className={classes.words}>
        {isLong && t('common.serverSilent')}
      </p>
    </main>
  );
}
