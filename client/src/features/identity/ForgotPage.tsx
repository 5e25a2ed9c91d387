import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../components/Button.tsx';
import { FormError } from '../../components/FormError.tsx';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { TextField } from '../../components/TextField.tsx';
import { languageOf } from '../../i18n/createI18n.ts';
import { errorText } from '../../i18n/errorText.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { keepChallenge } from './challenge.ts';
import { focusFirstProblem } from './focusFirstProblem.ts';
import classes from './form.module.css';
import { emailProblem } from './formRules.ts';
import { useServerInfo } from './useServerInfo.ts';

export function ForgotPage() {
  const { t, i18n } = useTranslation();
  const [, navigate] = useLocation();
  const { host } = useServerInfo();
  const [email, setEmail] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const ask = useMutation(
    useApiQueries().identity.forgotPassword.mutationOptions({
      onSuccess: ({ challengeId, secret, resendAfterSeconds }, input) => {
        const resendAt = Date.now() + resendAfterSeconds * 1000;
        keepChallenge(localStorage, { purpose: 'reset', challengeId, secret, email: input.email, resendAt });
        navigate('/reset');
      },
    }),
  );
  const problem = emailProblem(t, email);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setIsChecked(true);
    if (problem) focusFirstProblem(event.currentTarget);
    else ask.mutate({ email: email.trim(), locale: languageOf(i18n) });
  }

  return (
    <AuthLayout
      title={t('identity.forgotTitle')}
      lead={<Trans t={t} i18nKey="identity.forgotLead" values={{ host }} components={{ b: <b /> }} />}
      backTo="/sign-in"
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
          error={isChecked ? problem : undefined}
        />
        <div className={classes.submit}>
          <FormError text={ask.error ? errorText(t, ask.error) : undefined} />
          <Button type="submit" isWide isBusy={ask.isPending}>
            {ask.isPending ? t('identity.sending') : t('identity.sendCode')}
          </Button>
        </div>
      </form>
    </AuthLayout>
  );
}
