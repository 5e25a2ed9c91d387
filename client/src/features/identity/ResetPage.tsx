import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { AuthLayout } from './AuthLayout.tsx';
import { readChallenge } from './challenge.ts';
import classes from './form.module.css';
import { ResetForm } from './ResetForm.tsx';
import { useLinkToken } from './useLinkToken.ts';

/** A new password, by the letter's link or by its digits. */
export function ResetPage() {
  const { t } = useTranslation();
  const { token, isBroken } = useLinkToken();
  const [challenge] = useState(() => readChallenge(localStorage, 'reset'));

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
