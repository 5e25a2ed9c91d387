import type { WhoMayCall as Choice } from '@ahoy/shared/protocol/fields.ts';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../components/FormError.tsx';
import { Segments } from '../../components/Segments.tsx';
import { useMe } from '../../components/useMe.ts';
import { errorText } from '../../i18n/errorText.ts';
import classes from './PrivacySettingsPage.module.css';
import { useUpdateMe } from './useUpdateMe.ts';

/** Whose calls ring at me. */
export function WhoMayCall() {
  const { t } = useTranslation();
  const chosen = useMe()?.settings.whoMayCall ?? 'everyone';
  const update = useUpdateMe();
  const shown = (update.isPending ? update.variables.whoMayCall : undefined) ?? chosen;
  const options: { value: Choice; label: string }[] = [
    { value: 'everyone', label: t('settings.everyone') },
    { value: 'contacts', label: t('settings.contacts') },
    { value: 'nobody', label: t('settings.nobody') },
  ];
  return (
    <>
      <div className={`${classes.row} ${classes.choice}`}>
        <span aria-hidden="true">{t('settings.whoMayCall')}</span>
        <Segments
          label={t('settings.whoMayCall')}
          options={options}
          value={shown}
          onChange={(whoMayCall) => update.mutate({ whoMayCall })}
        />
      </div>
      <div className={classes.below}>
        <p className={classes.hint}>{t(HINTS[shown])}</p>
        <FormError text={update.error ? errorText(t, update.error) : undefined} />
      </div>
    </>
  );
}

const HINTS = {
  everyone: 'settings.everyoneHint',
  contacts: 'settings.contactsHint',
  nobody: 'settings.nobodyHint',
} as const satisfies Record<Choice, string>;
