import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../components/Button.tsx';
import { CodeField } from '../../components/CodeField.tsx';
import { FormError } from '../../components/FormError.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';
import { errorText } from '../../i18n/errorText.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { dropChallenge, type PendingChallenge } from './challenge.ts';
import { focusFirstProblem } from './focusFirstProblem.ts';
import classes from './form.module.css';
import { newPasswordProblem } from './formRules.ts';
import { ResendRows } from './ResendRows.tsx';

export interface ResetFormProps {
  token: string | null;
  challenge: PendingChallenge | null;
}

const DIGITS = 6;

/** With a link's token only the password is asked; otherwise the digits too. */
export function ResetForm({ token, challenge }: ResetFormProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { session } = useServices();
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const reset = useMutation(
    useApiQueries().identity.resetPassword.mutationOptions({
      onSuccess: (answer) => {
        dropChallenge(localStorage);
        session.signIn(answer);
        navigate('/chats', { replace: true });
      },
    }),
  );
  const own = challenge && { challengeId: challenge.challengeId, secret: challenge.secret };
  const codeProblem = token || code.length === DIGITS ? undefined : t('identity.codeMissing');
  const passwordProblem = newPasswordProblem(t, password);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setIsChecked(true);
    if (codeProblem || passwordProblem) focusFirstProblem(event.currentTarget);
    else if (token) reset.mutate({ proof: { token, ...own }, password });
    else if (own) reset.mutate({ proof: { ...own, code }, password });
  }

  return (
    <AuthLayout
      title={t('identity.resetTitle')}
      lead={
        token ? (
          t('identity.resetLinkLead')
        ) : (
          <Trans
            t={t}
            i18nKey="identity.resetCodeLead"
            values={{ email: challenge?.email ?? '' }}
            components={{ b: <b /> }}
          />
        )
      }
      backTo={token ? '/sign-in' : '/forgot'}
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        {!token && (
          <CodeField
            value={code}
            onChange={(digits) => {
              setCode(digits);
              reset.reset();
            }}
            label={t('identity.codeLabel')}
            error={isChecked ? codeProblem : undefined}
            autoFocus
          />
        )}
        <PasswordField
          label={t('identity.passwordNew')}
          hint={t('identity.passwordHint', { count: LIMITS.passwordMinLength })}
          name="password"
          autoComplete="new-password"
          maxLength={LIMITS.passwordMaxLength}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={isChecked ? passwordProblem : undefined}
          hasStrength
        />
        <div className={classes.submit}>
          <FormError text={reset.error ? errorText(t, reset.error) : undefined} />
          <Button type="submit" isWide isBusy={reset.isPending}>
            {t('identity.resetButton')}
          </Button>
          <p className={classes.fine}>{t('identity.resetEndsSessions')}</p>
        </div>
        {!token && challenge && (
          <ResendRows challenge={challenge} changeAddressTo="/forgot" onResent={() => setCode('')} />
        )}
      </form>
    </AuthLayout>
  );
}
