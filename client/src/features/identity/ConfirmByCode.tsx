import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../components/Button.tsx';
import { CodeField } from '../../components/CodeField.tsx';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';
import { errorText } from '../../i18n/errorText.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { dropChallenge, type PendingChallenge } from './challenge.ts';
import classes from './form.module.css';
import { ResendRows } from './ResendRows.tsx';

export interface ConfirmByCodeProps {
  challenge: PendingChallenge;
  isLinkBroken: boolean;
}

const DIGITS = 6;

export function ConfirmByCode({ challenge, isLinkBroken }: ConfirmByCodeProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { session } = useServices();
  const [code, setCode] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const confirm = useMutation(
    useApiQueries().identity.confirm.mutationOptions({
      onSuccess: (answer) => {
        dropChallenge(localStorage);
        if (answer.session) session.signIn(answer.session);
        navigate(answer.session ? '/chats' : '/sign-in', { replace: true });
      },
    }),
  );

  function submit(digits: string): void {
    if (confirm.isPending) return;
    setIsChecked(true);
    if (digits.length === DIGITS) {
      confirm.mutate({ challengeId: challenge.challengeId, secret: challenge.secret, code: digits });
    }
  }

  function change(digits: string): void {
    setCode(digits);
    setIsChecked(false);
    confirm.reset();
    // A pasted or filled-in code needs no further press.
    if (digits.length === DIGITS && code.length < DIGITS - 1) submit(digits);
  }

  const problem = isChecked && code.length < DIGITS ? t('identity.codeMissing') : undefined;
  const linkProblem = isLinkBroken && confirm.isIdle && !code ? t('identity.linkBroken') : undefined;
  const error = confirm.error ? errorText(t, confirm.error) : (problem ?? linkProblem);
  return (
    <AuthLayout
      title={t('identity.codeTitle')}
      lead={
        <Trans
          t={t}
          i18nKey="identity.codeLead"
          values={{ email: challenge.email }}
          components={{ b: <b /> }}
        />
      }
      backTo="/sign-up"
    >
      <form
        className={classes.code}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          submit(code);
        }}
      >
        <CodeField value={code} onChange={change} label={t('identity.codeLabel')} error={error} autoFocus />
        <ResendRows challenge={challenge} changeAddressTo="/sign-up" onResent={() => change('')} />
        <Button type="submit" isWide isBusy={confirm.isPending}>
          {confirm.isPending ? t('identity.confirming') : t('identity.confirm')}
        </Button>
      </form>
    </AuthLayout>
  );
}
