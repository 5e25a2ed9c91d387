import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { FormError } from '../../components/FormError.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useMe } from '../../components/useMe.ts';
import { errorText } from '../../i18n/errorText.ts';
import classes from './SettingsPage.module.css';
import { SubPage } from './SubPage.tsx';

export function PasswordPage() {
  const { t } = useTranslation();
  const showToast = useToast();
  const client = useQueryClient();
  const email = useMe()?.settings.email;
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const { identity } = useApiQueries();
  const change = useMutation(
    identity.changePassword.mutationOptions({
      onSuccess: async () => {
        setCurrent('');
        setPassword('');
        setIsChecked(false);
        showToast({ text: t('settings.passwordChanged') });
        await client.invalidateQueries({ queryKey: identity.sessions.key() });
      },
    }),
  );
  const currentProblem = current ? undefined : t('identity.passwordMissing');
  const newProblem =
    password.length >= LIMITS.passwordMinLength
      ? undefined
      : t('identity.passwordShort', { count: LIMITS.passwordMinLength });

  function submit(event: FormEvent): void {
    event.preventDefault();
    setIsChecked(true);
    if (!currentProblem && !newProblem) change.mutate({ current, password });
  }

  if (email === null) {
    return (
      <SubPage title={t('settings.password')}>
        <p className={`${classes.pad} ${classes.note}`}>{t('telegramAccount.noPassword')}</p>
      </SubPage>
    );
  }
  return (
    <SubPage title={t('settings.password')}>
      <form className={classes.form} onSubmit={submit} noValidate>
        {/* Tells password managers whose password it is. */}
        <input type="hidden" name="username" autoComplete="username" value={email ?? ''} readOnly />
        <PasswordField
          label={t('settings.passwordCurrent')}
          name="current"
          autoComplete="current-password"
          maxLength={LIMITS.passwordMaxLength}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={isChecked ? currentProblem : undefined}
        />
        <PasswordField
          label={t('settings.passwordNew')}
          hint={t('identity.passwordHint', { count: LIMITS.passwordMinLength })}
          name="password"
          autoComplete="new-password"
          maxLength={LIMITS.passwordMaxLength}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={isChecked ? newProblem : undefined}
          hasStrength
        />
        <div className={classes.actions}>
          <FormError text={change.error ? errorText(t, change.error) : undefined} />
          <Button type="submit" isBusy={change.isPending}>
            {change.isPending ? t('common.saving') : t('settings.password')}
          </Button>
          <p className={classes.note}>{t('settings.passwordEndsSessions')}</p>
        </div>
      </form>
    </SubPage>
  );
}
