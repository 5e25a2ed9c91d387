import { useTranslation } from 'react-i18next';
import { browserOf, readBrowserSigns } from '../../browserOf.ts';
import classes from './notifications.module.css';
import type { PushStep } from './pushSteps.ts';

/** What the person does, one after another, in the words of their browser. */
export function Steps({ steps }: { steps: readonly PushStep[] }) {
  const { t } = useTranslation();
  const words = {
    what: t('notifications.what'),
    site: location.host,
    browser: browserOf(readBrowserSigns(window)).name ?? t('notifications.yourBrowser'),
  };
  return (
    <ol className={classes.steps}>
      {steps.map((step) => (
        <li key={step}>{t(step, words)}</li>
      ))}
    </ol>
  );
}
