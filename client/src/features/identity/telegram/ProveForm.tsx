import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { FormError } from '../../../components/FormError.tsx';
import { PasswordField } from '../../../components/PasswordField.tsx';
import { useApiQueries } from '../../../components/ServicesContext.tsx';
import { useMe } from '../../../components/useMe.ts';
import { errorText } from '../../../i18n/errorText.ts';
import { toFailure } from '../../../net/failure.ts';
import classes from './telegram.module.css';

export interface ProveFormProps {
  onProven: () => void;
  /** What follows by itself is under way. */
  isBusy?: boolean;
  /** Other ways to prove it, and the way back. */
  children?: ReactNode;
}

/** Asks for the password once more, for what needs that to be fresh. */
export function ProveForm({ onProven, isBusy = false, children }: ProveFormProps) {
  const { t } = useTranslation();
  const email = useMe()?.settings.email;
  const [password, setPassword] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const prove = useMutation(useApiQueries().identity.prove.mutationOptions({ onSuccess: onProven }));
  const isWrong = prove.error !== null && toFailure(prove.error).code === 'PASSWORD_WRONG';
  const problem = password ? undefined : t('identity.passwordMissing');

  function submit(event: FormEvent): void {
    event.preventDefault();
    setIsChecked(true);
    if (!problem) prove.mutate({ password });
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {/* Tells password managers whose password it is. */}
      <input type="hidden" name="username" autoComplete="username" value={email ?? ''} readOnly />
      <PasswordField
        label={t('settings.passwordCurrent')}
        name="password"
        autoComplete="current-password"
        maxLength={LIMITS.passwordMaxLength}
        value={password}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
          prove.reset();
        }}
        error={isWrong ? t('telegramAccount.passwordWrong') : isChecked ? problem : undefined}
      />
      <FormError text={prove.error && !isWrong ? errorText(t, prove.error) : undefined} />
      <Button type="submit" isWide isBusy={prove.isPending || isBusy}>
        {t('telegramAccount.confirm')}
      </Button>
      {children}
    </form>
  );
}
