import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { Button } from '../../components/Button.tsx';
import { FormError } from '../../components/FormError.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useMe } from '../../components/useMe.ts';
import { languageOf } from '../../i18n/createI18n.ts';
import { errorText } from '../../i18n/errorText.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { keepChallenge } from './challenge.ts';
import { focusFirstProblem } from './focusFirstProblem.ts';
import classes from './form.module.css';
import { emailProblem, newPasswordProblem } from './formRules.ts';
import { TelegramDoor } from './telegram/TelegramDoor.tsx';
import { useServerInfo } from './useServerInfo.ts';

export function SignUpPage() {
  const { t, i18n } = useTranslation();
  const [, navigate] = useLocation();
  const { host, isInviteNeeded } = useServerInfo();
  const me = useMe();
  const guest = me?.guestOf === undefined ? null : me.person;
  const [values, setValues] = useState({ name: guest?.name ?? '', email: '', password: '', inviteCode: '' });
  const [isChecked, setIsChecked] = useState(false);
  const register = useMutation(
    useApiQueries().identity.register.mutationOptions({
      onSuccess: ({ challengeId, secret, resendAfterSeconds }, { email }) => {
        const resendAt = Date.now() + resendAfterSeconds * 1000;
        keepChallenge(localStorage, { purpose: 'confirm', challengeId, secret, email, resendAt });
        navigate('/confirm');
      },
    }),
  );

  const problems = {
    name: values.name.trim() ? undefined : t('identity.nameMissing'),
    email: emailProblem(t, values.email),
    password: newPasswordProblem(t, values.password),
    inviteCode: !isInviteNeeded || values.inviteCode.trim() ? undefined : t('identity.inviteMissing'),
  };
  type Field = keyof typeof values;
  const field = (name: Field) => ({
    name,
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
    error: isChecked ? problems[name] : undefined,
  });

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setIsChecked(true);
    if (Object.values(problems).some(Boolean)) {
      focusFirstProblem(event.currentTarget);
      return;
    }
    const { inviteCode, ...account } = values;
    register.mutate({
      ...account,
      email: values.email.trim(),
      locale: languageOf(i18n),
      ...(isInviteNeeded && { inviteCode: inviteCode.trim() }),
    });
  }

  return (
    <AuthLayout
      title={t('identity.signUp')}
      lead={<Trans t={t} i18nKey="identity.signUpLead" values={{ host }} components={{ b: <b /> }} />}
      footer={
        <p className={classes.door}>
          {guest ? (
            <Link href="/">{t('rooms.backToRoom')}</Link>
          ) : (
            <>
              {t('identity.haveAccount')} <Link href="/sign-in">{t('identity.signIn')}</Link>
            </>
          )}
        </p>
      }
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        {guest && <p className={classes.fine}>{t('rooms.keepsRoom')}</p>}
        <TextField
          {...field('name')}
          label={t('identity.name')}
          maxLength={LIMITS.nameLength}
          autoComplete="name"
        />
        <TextField
          {...field('email')}
          label={t('identity.email')}
          type="email"
          inputMode="email"
          maxLength={LIMITS.emailLength}
          autoComplete="email"
        />
        <PasswordField
          {...field('password')}
          label={t('identity.password')}
          hint={t('identity.passwordHint', { count: LIMITS.passwordMinLength })}
          maxLength={LIMITS.passwordMaxLength}
          autoComplete="new-password"
          hasStrength
        />
        {isInviteNeeded && (
          <TextField
            {...field('inviteCode')}
            label={t('identity.invite')}
            hint={t('identity.inviteHint')}
            maxLength={128}
            autoComplete="off"
            autoCapitalize="none"
          />
        )}
        <div className={classes.submit}>
          <FormError text={register.error ? errorText(t, register.error) : undefined} />
          <Button type="submit" isWide isBusy={register.isPending}>
            {register.isPending ? t('identity.sending') : t('identity.sendCode')}
          </Button>
          <p className={classes.fine}>
            <Trans
              t={t}
              i18nKey="identity.agree"
              components={{ terms: <Link href="/terms" />, privacy: <Link href="/privacy" /> }}
            />
          </p>
        </div>
      </form>
      {/* A guest's account goes on in the room; Telegram would open another one. */}
      {!guest && <TelegramDoor />}
    </AuthLayout>
  );
}
