import { useMutation } from '@tanstack/react-query';
import { Trans, useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { Button } from '../../components/Button.tsx';
import { FormError } from '../../components/FormError.tsx';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';
import { errorText } from '../../i18n/errorText.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { dropChallenge, type PendingChallenge } from './challenge.ts';
import classes from './form.module.css';
import { useServerInfo } from './useServerInfo.ts';

export interface ConfirmByLinkProps {
  token: string;
  /** Present in the browser that signed up: it is signed in as well. */
  challenge: PendingChallenge | null;
}

/** Waits for a press: mail scanners open links, and opening alone must not use this one up. */
export function ConfirmByLink({ token, challenge }: ConfirmByLinkProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { session } = useServices();
  const { host } = useServerInfo();
  const confirm = useMutation(
    useApiQueries().identity.confirm.mutationOptions({
      onSuccess: (answer) => {
        dropChallenge(localStorage);
        if (!answer.session) return;
        session.signIn(answer.session);
        navigate('/chats', { replace: true });
      },
    }),
  );

  if (confirm.data?.session === null) {
    return (
      <AuthLayout title={t('identity.confirmedTitle')} lead={t('identity.confirmedLead')}>
        <div className={classes.form}>
          <Button isWide onClick={() => navigate('/sign-in', { replace: true })}>
            {t('identity.signIn')}
          </Button>
        </div>
      </AuthLayout>
    );
  }
  const own = challenge && { challengeId: challenge.challengeId, secret: challenge.secret };
  return (
    <AuthLayout
      title={t('identity.linkTitle')}
      lead={<Trans t={t} i18nKey="identity.linkLead" values={{ host }} components={{ b: <b /> }} />}
      footer={
        confirm.error && (
          <p className={classes.door}>
            <Link href="/sign-up">{t('identity.createAccount')}</Link>
          </p>
        )
      }
    >
      <div className={classes.form}>
        <FormError text={confirm.error ? errorText(t, confirm.error) : undefined} />
        <Button isWide isBusy={confirm.isPending} onClick={() => confirm.mutate({ token, ...own })}>
          {confirm.isPending ? t('identity.confirming') : t('identity.linkConfirm')}
        </Button>
      </div>
    </AuthLayout>
  );
}
