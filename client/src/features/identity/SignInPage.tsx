import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Button } from '../../components/Button.tsx';
import { FormError } from '../../components/FormError.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { errorText } from '../../i18n/errorText.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { focusFirstProblem } from './focusFirstProblem.ts';
import classes from './form.module.css';
import { emailProblem } from './formRules.ts';
import { TelegramDoor } from './telegram/TelegramDoor.tsx';
import { useServerInfo } from './useServerInfo.ts';

export function SignInPage() {
  const { t } = useTranslation();
  const { session } = useServices();
  const { host } = useServerInfo();
  const endedBy = useStoreOf(session.store, (state) => state.endedBy);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const signIn = useMutation(
    useApiQueries().identity.signIn.mutationOptions({ onSuccess: (answer) => session.signIn(answer) }),
  );
  const emailError = emailProblem(t, email);
  const passwordError = password ? undefined : t('identity.passwordMissing');

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setIsChecked(true);
    if (emailError || passwordError) focusFirstProblem(event.currentTarget);
    else signIn.mutate({ email: email.trim(), password });
  }

  const wasEnded = endedBy === 'server' && signIn.isIdle ? t('errors.SESSION_ENDED') : undefined;
  return (
    <AuthLayout
      title={t('identity.signInTitle')}
      lead={<Trans t={t} i18nKey="identity.signInLead" values={{ host }} components={{ b: <b /> }} />}
      footer={
        <p className={classes.door}>
          {t('identity.noAccount')} <Link href="/sign-up">{t('identity.createAccount')}</Link>
        </p>
      }
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextField
          label={t('identity.email')}
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          maxLength={LIMITS.emailLength}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={isChecked ? emailError : undefined}
        />
        <PasswordField
          label={t('identity.password')}
          name="password"
          autoComplete="current-password"
          maxLength={LIMITS.passwordMaxLength}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={isChecked ? passwordError : undefined}
        />
        <Link className={classes.side} href="/forgot">
          {t('identity.forgot')}
        </Link>
        <div className={classes.submit}>
          <FormError text={signIn.error ? errorText(t, signIn.error) : wasEnded} />
          <Button type="submit" isWide isBusy={signIn.isPending}>
            {signIn.isPending ? t('identity.signingIn') : t('identity.signIn')}
          </Button>
        </div>
      </form>
      <TelegramDoor />
    </AuthLayout>
  );
}
