import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect } from 'wouter';
import { useServices } from '../../components/ServicesContext.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { ConfirmByCode } from './ConfirmByCode.tsx';
import { ConfirmByLink } from './ConfirmByLink.tsx';
import { readChallenge } from './challenge.ts';
import classes from './form.module.css';
import { useLinkToken } from './useLinkToken.ts';

/** Both doors of the letter: its link lands here with a token, its digits are typed here. */
export function ConfirmPage() {
  const { t } = useTranslation();
  const { session } = useServices();
  const isSignedIn = useStoreOf(
    session.store,
    (state) => state.me !== null && state.me.guestOf === undefined,
  );
  const { token, isBroken } = useLinkToken();
  const [challenge] = useState(() => readChallenge(localStorage, 'confirm'));

  // Another tab of this browser came through the letter's link.
  if (isSignedIn && !token) return <Redirect to="/chats" replace />;
  if (token) return <ConfirmByLink token={token} challenge={challenge} />;
  if (challenge) return <ConfirmByCode challenge={challenge} isLinkBroken={isBroken} />;
  return (
    <AuthLayout
      title={t('identity.noChallengeTitle')}
      lead={isBroken ? t('identity.linkBroken') : t('identity.noChallengeLead')}
      footer={
        <p className={classes.door}>
          <Link href="/sign-up">{t('identity.createAccount')}</Link>
          <Link href="/sign-in">{t('identity.signIn')}</Link>
        </p>
      }
    />
  );
}
