import type { Me } from '@ahoy/shared/protocol/entities.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { FormError } from '../../components/FormError.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useMe } from '../../components/useMe.ts';
import { errorText } from '../../i18n/errorText.ts';
import { PhotoField } from './photo/PhotoField.tsx';
import classes from './SettingsPage.module.css';
import { SubPage } from './SubPage.tsx';
import { isUsername } from './username.ts';
import { useUpdateMe } from './useUpdateMe.ts';

const USERNAME_LIMITS = { min: LIMITS.usernameMinLength, max: LIMITS.usernameMaxLength };

export function ProfilePage() {
  const { t } = useTranslation();
  const me = useMe();
  return <SubPage title={t('settings.profile')}>{me && <ProfileForm me={me} />}</SubPage>;
}

function ProfileForm({ me }: { me: Me }) {
  const { t } = useTranslation();
  const showToast = useToast();
  const update = useUpdateMe();
  const [name, setName] = useState(me.person.name);
  const [username, setUsername] = useState(me.person.username ?? '');
  const [about, setAbout] = useState(me.person.about);
  const [isChecked, setIsChecked] = useState(false);
  const isTaken = isCode(update.error, 'USERNAME_TAKEN');

  const plainUsername = username.trim().replace(/^@/, '');
  const nameProblem = name.trim() ? undefined : t('identity.nameMissing');
  const usernameProblem =
    plainUsername === '' || isUsername(plainUsername)
      ? undefined
      : t('settings.usernameWrong', USERNAME_LIMITS);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setIsChecked(true);
    if (nameProblem || usernameProblem) return;
    update.mutate(
      { name: name.trim(), username: plainUsername || null, about: about.trim() },
      { onSuccess: () => showToast({ text: t('settings.saved') }) },
    );
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <PhotoField person={me.person} name={name.trim() || me.person.name} />
      <TextField
        label={t('settings.name')}
        name="name"
        autoComplete="name"
        maxLength={LIMITS.nameLength}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={isChecked ? nameProblem : undefined}
      />
      <TextField
        label={t('settings.username')}
        help={t('settings.usernameHint', USERNAME_LIMITS)}
        name="username"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={LIMITS.usernameMaxLength + 1}
        leftSection="@"
        value={username}
        onChange={(event) => {
          setUsername(event.currentTarget.value);
          if (isTaken) update.reset();
        }}
        error={isTaken ? t('errors.USERNAME_TAKEN') : isChecked ? usernameProblem : undefined}
      />
      <TextField
        label={t('settings.about')}
        hint={t('settings.aboutHint', { count: about.length, max: LIMITS.aboutLength })}
        name="about"
        autoComplete="off"
        maxLength={LIMITS.aboutLength}
        value={about}
        onChange={(event) => setAbout(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <FormError text={update.error && !isTaken ? errorText(t, update.error) : undefined} />
        <Button type="submit" isBusy={update.isPending}>
          {update.isPending ? t('common.saving') : t('common.save')}
        </Button>
      </div>
    </form>
  );
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
