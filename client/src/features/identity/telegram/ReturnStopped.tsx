import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../../components/Button.tsx';
import { FormError } from '../../../components/FormError.tsx';
import { useMe } from '../../../components/useMe.ts';
import { errorText } from '../../../i18n/errorText.ts';
import { AuthLayout } from '../AuthLayout.tsx';
import type { StopReason } from './beginReturn.ts';
import type { LoginAim } from './pendingLogin.ts';
import classes from './telegram.module.css';
import { useLaunchData } from './useLaunchData.ts';
import { useTelegramLogin } from './useTelegramLogin.ts';
import { wayOn } from './wayOn.ts';

interface ReturnStoppedProps {
  why: StopReason;
  aim: LoginAim | null;
}

/** Why nothing came of it, and the ways on. */
export function ReturnStopped({ why, aim }: ReturnStoppedProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const login = useTelegramLogin();
  const isInside = useLaunchData() !== undefined;
  const me = useMe();
  const { again, to } = wayOn(why, aim, me !== null && me.guestOf === undefined);
  // Inside Telegram only Telegram can sign anew, when it opens the app anew.
  const isRepeatable = again !== null && !isInside;
  const lead = isInside && why === 'expired' ? t('errors.TELEGRAM_STALE') : t(LEADS[why]);
  return (
    <AuthLayout title={t(TITLES[why])} lead={<span role="status">{lead}</span>}>
      <div className={classes.actions}>
        <FormError text={login.error ? errorText(t, login.error) : undefined} />
        {isRepeatable && (
          <Button isWide isBusy={login.isPending} onClick={() => login.mutate(again)}>
            {t('telegramAccount.tryAgain')}
          </Button>
        )}
        <Button
          look={isRepeatable ? 'plain' : 'filled'}
          isWide
          onClick={() => navigate(to, { replace: true })}
        >
          {t(PLACES[to])}
        </Button>
      </div>
    </AuthLayout>
  );
}

const TITLES = {
  denied: 'telegramAccount.deniedTitle',
  refused: 'telegramAccount.refusedTitle',
  expired: 'telegramAccount.expiredTitle',
  foreign: 'telegramAccount.foreignTitle',
  signedOut: 'telegramAccount.signedOutTitle',
  otherAccount: 'telegramAccount.otherSignedInTitle',
  linkedAlready: 'telegramAccount.linkedAlreadyTitle',
  changed: 'telegramAccount.changedTitle',
  lastWayIn: 'telegramAccount.lastWayInTitle',
  nothingHere: 'telegramAccount.nothingTitle',
} as const satisfies Record<StopReason, string>;

const LEADS = {
  denied: 'telegramAccount.deniedLead',
  refused: 'telegramAccount.refusedLead',
  expired: 'telegramAccount.expiredLead',
  foreign: 'telegramAccount.foreignLead',
  signedOut: 'telegramAccount.signedOutLead',
  otherAccount: 'telegramAccount.otherSignedInLead',
  linkedAlready: 'telegramAccount.linkedAlreadyLead',
  changed: 'telegramAccount.changedLead',
  lastWayIn: 'telegramAccount.lastWayInLead',
  nothingHere: 'telegramAccount.nothingLead',
} as const satisfies Record<StopReason, string>;

const PLACES = {
  '/sign-in': 'telegramAccount.toSignIn',
  '/chats': 'common.toChats',
  '/settings/telegram': 'telegramAccount.toSettings',
} as const;
