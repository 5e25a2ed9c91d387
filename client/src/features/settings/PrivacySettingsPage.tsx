import '@mantine/core/styles/Switch.css';
import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../components/FormError.tsx';
import { useMe } from '../../components/useMe.ts';
import { errorText } from '../../i18n/errorText.ts';
import classes from './PrivacySettingsPage.module.css';
import { SubPage } from './SubPage.tsx';
import { useUpdateMe } from './useUpdateMe.ts';

export function PrivacySettingsPage() {
  const { t } = useTranslation();
  const settings = useMe()?.settings;
  const update = useUpdateMe();
  const isFindable = (update.isPending && update.variables.isFindableByEmail) || undefined;
  const isOn = update.isPending ? isFindable === true : settings?.isFindableByEmail === true;
  return (
    <SubPage title={t('settings.privacy')}>
      <label className={classes.row} htmlFor="findable">
        <span>{t('settings.findable')}</span>
        <Switch
          id="findable"
          checked={isOn}
          onChange={(event) => update.mutate({ isFindableByEmail: event.currentTarget.checked })}
          size="lg"
          withThumbIndicator={false}
          aria-describedby="findable-hint"
          classNames={{ track: classes.track }}
        />
      </label>
      <div className={classes.below}>
        <p id="findable-hint" className={classes.hint}>
          {t('settings.findableHint')}
        </p>
        <FormError text={update.error ? errorText(t, update.error) : undefined} />
      </div>
    </SubPage>
  );
}
