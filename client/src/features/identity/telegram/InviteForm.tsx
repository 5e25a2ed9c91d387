import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { TextField } from '../../../components/TextField.tsx';
import form from '../form.module.css';

const INVITE_MAX_LENGTH = 128;

interface InviteFormProps {
  /** The code that was given last. */
  isWrong: boolean;
  onGive: (code: string) => void;
}

/** A new person needs the code of whoever runs the server, however they come. */
export function InviteForm({ isWrong, onGive }: InviteFormProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const isRefused = isWrong && code === '';

  function submit(event: FormEvent): void {
    event.preventDefault();
    setIsChecked(true);
    if (code.trim()) onGive(code.trim());
  }

  return (
    <form className={form.form} onSubmit={submit} noValidate>
      <TextField
        label={t('identity.invite')}
        hint={t('identity.inviteHint')}
        maxLength={INVITE_MAX_LENGTH}
        autoComplete="off"
        autoCapitalize="none"
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={
          isRefused
            ? t('errors.INVITE_WRONG')
            : isChecked && !code.trim()
              ? t('identity.inviteMissing')
              : undefined
        }
      />
      <div className={form.submit}>
        <Button type="submit" isWide>
          {t('telegramAccount.createAccount')}
        </Button>
      </div>
    </form>
  );
}
