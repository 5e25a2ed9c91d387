import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect } from 'wouter';
import { useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { readChallenge } from './challenge.ts';
import classes from './form.module.css';
import { ResetForm } from './ResetForm.tsx';
import { useLinkToken } from './useLinkToken.ts';

/** A new password, by the letter's link or by its digits. */
export function ResetPage() {
  const { t } = useTranslation();
  const { session } = useServices();
  const isSignedIn = useStoreOf(session.store, (state) => state.status === 'signedIn');
  const { token, isBroken } = useLinkToken();
  const [challenge] = useState(() => readChallenge(localStorage, 'reset'));

  // Another tab of this browser came through the letter's link.
  if (isSignedIn && !token) return <Redirect to="/chats" replace />;
  if (token || challenge) return <ResetForm token={token} challenge={challenge} />;
  return (
    <AuthLayout
      title={t('identity.noChallengeTitle')}
      lead={isBroken ? t('identity.linkBroken') : t('identity.noResetLead')}
      footer={
        <p className={classes.door}>
          <Link href="/forgot">{t('identity.forgot')}</Link>
          <Link href="/sign-in">{t('identity.signIn')}</Link>
        </p>
      }
    />
  );
}
