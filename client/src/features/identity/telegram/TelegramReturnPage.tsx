import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../../components/Button.tsx';
import { FormError } from '../../../components/FormError.tsx';
import { useApiQueries } from '../../../components/ServicesContext.tsx';
import { useToast } from '../../../components/ToastContext.ts';
import { useDelayed } from '../../../components/useDelayed.ts';
import { errorText } from '../../../i18n/errorText.ts';
import { AuthLayout } from '../AuthLayout.tsx';
import { InviteForm } from './InviteForm.tsx';
import { MergeChoice } from './MergeChoice.tsx';
import { ProveForm } from './ProveForm.tsx';
import { ReturnStopped } from './ReturnStopped.tsx';
import classes from './telegram.module.css';
import { useTelegramReturn } from './useTelegramReturn.ts';

const SETTINGS = '/settings/telegram';
const SHOWN_AFTER_MS = 300;

export interface TelegramReturnPageProps {
  /** Where to go after signing in, given what was asked for before. */
  pathAfter: (next: string | undefined) => string;
}

/** Where Telegram sends the browser back to. */
export function TelegramReturnPage({ pathAfter }: TelegramReturnPageProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const showToast = useToast();
  const client = useQueryClient();
  const { telegram } = useApiQueries();
  const { stage, aim, name, repeat, giveInvite, merge } = useTelegramReturn({
    onSignedIn: (next) => navigate(pathAfter(next), { replace: true }),
    onDone(what) {
      void client.invalidateQueries({ queryKey: telegram.key() });
      showToast({ text: t(DONE[what]) });
      navigate(SETTINGS, { replace: true });
    },
  });

  const isAboutMine = aim !== null && aim.kind !== 'signIn';
  /** Nobody is held here. */
  const leave = (
    <Button
      look="plain"
      isWide
      onClick={() => navigate(isAboutMine ? SETTINGS : '/sign-in', { replace: true })}
    >
      {t(isAboutMine ? 'telegramAccount.toSettings' : 'telegramAccount.toSignIn')}
    </Button>
  );

  switch (stage.is) {
    case 'working':
      return <Working />;
    case 'failed':
      return (
        <AuthLayout title={t('telegramAccount.failedTitle')}>
          <div className={classes.actions}>
            <FormError text={errorText(t, stage.error)} />
            <Button isWide onClick={repeat}>
              {t('common.retry')}
            </Button>
            {leave}
          </div>
        </AuthLayout>
      );
    case 'stop':
      return <ReturnStopped why={stage.why} aim={aim} />;
    case 'inviteNeeded':
      return (
        <AuthLayout
          title={name ? t('telegramAccount.welcome', { name }) : t('identity.signUp')}
          lead={t('telegramAccount.inviteLead')}
        >
          <InviteForm isWrong={stage.isWrong} onGive={giveInvite} />
          <div className={classes.leave}>{leave}</div>
        </AuthLayout>
      );
    case 'proofNeeded':
      return (
        <AuthLayout title={t('telegramAccount.proveTitle')} lead={t('telegramAccount.proveLead')}>
          <div className={classes.actions}>
            <ProveForm onProven={repeat}>
              <Button look="plain" isWide onClick={() => navigate(SETTINGS, { replace: true })}>
                {t('common.cancel')}
              </Button>
            </ProveForm>
          </div>
        </AuthLayout>
      );
    case 'taken':
      return (
        <AuthLayout title={t('telegramAccount.takenTitle')} lead={t('telegramAccount.takenLead')}>
          <MergeChoice
            other={stage.other}
            onMerge={() => merge(stage.other.id)}
            onKeepApart={() => navigate(SETTINGS, { replace: true })}
          />
        </AuthLayout>
      );
    default:
      return stage satisfies never;
  }
}

/** Mostly over before it is noticed. */
function Working() {
  const { t } = useTranslation();
  if (!useDelayed(SHOWN_AFTER_MS)) return <main />;
  return <AuthLayout title={t('telegramAccount.working')} lead={t('telegramAccount.workingLead')} />;
}

const DONE = {
  linked: 'telegramAccount.linkedNow',
  merged: 'telegramAccount.mergedNow',
  unlinked: 'telegramAccount.unlinkedNow',
} as const;
