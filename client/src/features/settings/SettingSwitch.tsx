import '@mantine/core/styles/Switch.css';
import { Switch } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../components/FormError.tsx';
import { errorText } from '../../i18n/errorText.ts';
import classes from './PrivacySettingsPage.module.css';
import { useUpdateMe } from './useUpdateMe.ts';

type Props = {
  setting: 'isFindableByEmail' | 'isAlwaysRelayed';
  title: string;
  hint: string;
  isOn: boolean;
  isDisabled?: boolean;
};

/** A setting that is on or off, kept on the server; shown as it will be while that takes it. */
export function SettingSwitch({ setting, title, hint, isOn, isDisabled = false }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const update = useUpdateMe();
  const shown = update.isPending ? update.variables[setting] : isOn;
  return (
    <>
      <label className={classes.row} htmlFor={id}>
        <span>{title}</span>
        <Switch
          id={id}
          checked={shown}
          disabled={isDisabled}
          onChange={(event) => update.mutate({ [setting]: event.currentTarget.checked })}
          size="lg"
          withThumbIndicator={false}
          aria-describedby={`${id}-hint`}
          classNames={{ track: classes.track }}
        />
      </label>
      <div className={classes.below}>
        <p id={`${id}-hint`} className={classes.hint}>
          {hint}
        </p>
        <FormError text={update.error ? errorText(t, update.error) : undefined} />
      </div>
    </>
  );
}
