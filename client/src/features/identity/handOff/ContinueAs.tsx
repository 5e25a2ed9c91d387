import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Avatar } from '../../../components/Avatar.tsx';
import { Button } from '../../../components/Button.tsx';
import { FormError } from '../../../components/FormError.tsx';
import { useApiQueries, useServices } from '../../../components/ServicesContext.tsx';
import { errorText } from '../../../i18n/errorText.ts';
import { toFailure } from '../../../net/failure.ts';
import { AuthLayout } from '../AuthLayout.tsx';
import classes from './handOff.module.css';
import type { Standing } from './handOffLink.ts';
import { SpentLink } from './SpentLink.tsx';

interface ContinueAsProps {
  token: string;
  person: { id: string; name: string; username: string | null };
  standing: Standing;
  /** Who is signed in here now; empty: nobody. */
  here: string;
  /** Where one goes on. */
  path: string;
}

/** Says whose account it is before it signs in; straight on where that person is signed in already. */
export function ContinueAs({ token, person, standing, here, path }: ContinueAsProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { session } = useServices();
  const take = useMutation(
    useApiQueries().identity.takeHandOff.mutationOptions({
      onSuccess(answer) {
        session.signIn(answer);
        navigate(path, { replace: true });
      },
    }),
  );
  const isIn = standing === 'same' && take.isIdle;
  useEffect(() => {
    if (isIn) navigate(path, { replace: true });
  }, [isIn, navigate, path]);

  if (isIn) return <main />;
  if (take.error && toFailure(take.error).code === 'CODE_EXPIRED') return <SpentLink />;
  const isOther = standing === 'other';
  return (
    <AuthLayout
      title={t('telegramAccount.continueAs', { name: person.name })}
      lead={isOther ? t('telegramAccount.continueOther', { name: here }) : t('telegramAccount.continueLead')}
    >
      <div className={classes.person}>
        <Avatar id={person.id} name={person.name} size={72} />
        <div className={classes.words}>
          <p className={classes.name}>{person.name}</p>
          {person.username && <p className={classes.username}>@{person.username}</p>}
        </div>
      </div>
      <div className={classes.actions}>
        <FormError text={take.error ? errorText(t, take.error) : undefined} />
        <Button isWide isBusy={take.isPending} onClick={() => take.mutate({ token })}>
          {t('telegramAccount.continueHere')}
        </Button>
        <Button
          look="plain"
          isWide
          onClick={() => navigate(isOther ? '/chats' : '/sign-in', { replace: true })}
        >
          {isOther ? t('telegramAccount.stayAs', { name: here }) : t('telegramAccount.notMe')}
        </Button>
      </div>
    </AuthLayout>
  );
}
