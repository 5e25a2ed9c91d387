import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../../components/Button.tsx';
import { useMe } from '../../../components/useMe.ts';
import { AuthLayout } from '../AuthLayout.tsx';
import classes from './handOff.module.css';

/** A link that is used, too old, or cut short. */
export function SpentLink() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const isSignedIn = useMe() !== null;
  return (
    <AuthLayout
      title={t('telegramAccount.spentTitle')}
      lead={<span role="status">{t('telegramAccount.spentLead')}</span>}
    >
      <div className={classes.actions}>
        <Button isWide onClick={() => navigate(isSignedIn ? '/chats' : '/sign-in', { replace: true })}>
          {t(isSignedIn ? 'common.toChats' : 'telegramAccount.toSignIn')}
        </Button>
      </div>
    </AuthLayout>
  );
}
