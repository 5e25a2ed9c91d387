import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { FormError } from '../../components/FormError.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { TextField } from '../../components/TextField.tsx';
import { errorText } from '../../i18n/errorText.ts';
import type { TelegramPart } from '../../net/sessionDoor.ts';
import { AuthLayout } from '../identity/AuthLayout.tsx';
import classes from './gate.module.css';

/** For a new person on a server that wants a code; then the app opens by itself. */
export function InviteForm({ telegram, wasWrong }: { telegram: TelegramPart; wasWrong: boolean }) {
  const { t } = useTranslation();
  const { session } = useServices();
  const [code, setCode] = useState('');
  /** What is wrong with the code as it stands in the field. */
  const [problem, setProblem] = useState<'missing' | 'wrong' | null>(wasWrong ? 'wrong' : null);
  const entering = useMutation({
    mutationFn: (inviteCode: string) => telegram.enter(inviteCode),
    onSuccess(answer) {
      if (answer) return session.signIn(answer);
      setProblem('wrong');
      telegram.haptic('error');
    },
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (code.trim() === '') setProblem('missing');
    else entering.mutate(code.trim());
  }

  return (
    <AuthLayout title={t('telegram.inviteTitle')} lead={t('telegram.inviteText')}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextField
          label={t('telegram.invite')}
          name="inviteCode"
          maxLength={128}
          autoComplete="off"
          autoCapitalize="none"
          autoFocus
          value={code}
          onChange={(event) => {
            setCode(event.currentTarget.value);
            setProblem(null);
          }}
          error={
            problem === null
              ? undefined
              : t(problem === 'wrong' ? 'telegram.inviteWrong' : 'telegram.inviteMissing')
          }
        />
        <FormError text={entering.error ? errorText(t, entering.error) : undefined} />
        <Button type="submit" isWide isBusy={entering.isPending}>
          {t('telegram.goOn')}
        </Button>
      </form>
    </AuthLayout>
  );
}
