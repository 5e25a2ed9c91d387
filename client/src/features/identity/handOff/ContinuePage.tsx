import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { useApiQueries, useServices } from '../../../components/ServicesContext.tsx';
import { useDelayed } from '../../../components/useDelayed.ts';
import { useMe } from '../../../components/useMe.ts';
import { useStoreOf } from '../../../components/useStoreOf.ts';
import { errorText } from '../../../i18n/errorText.ts';
import { toFailure } from '../../../net/failure.ts';
import { AuthLayout } from '../AuthLayout.tsx';
import { ContinueAs } from './ContinueAs.tsx';
import classes from './handOff.module.css';
import { standingOf } from './handOffLink.ts';
import { SpentLink } from './SpentLink.tsx';
import { useHandOffLink } from './useHandOffLink.ts';

const SHOWN_AFTER_MS = 300;

export interface ContinuePageProps {
  /** Where to go, given what the link names. */
  pathAfter: (to: string | undefined) => string;
}

/** What *Continue in the browser* opens: signs in whoever was signed in inside Telegram, once they say so. */
export function ContinuePage({ pathAfter }: ContinuePageProps) {
  const link = useHandOffLink();
  const { session } = useServices();
  const isStarting = useStoreOf(session.store, ({ status }) => status === 'starting');
  if (link === null) return <SpentLink />;
  if (isStarting) return <Working />;
  return <KnownLink key={link.token} token={link.token} path={pathAfter(link.to ?? undefined)} />;
}

function KnownLink({ token, path }: { token: string; path: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const look = useQuery({
    ...useApiQueries().identity.lookAtHandOff.queryOptions({ input: { token } }),
    retry: false,
    // It is said once whose the link is; whether it still is good is seen when it is taken.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (look.data) {
    const here = me && me.guestOf === undefined ? me.person : null;
    const standing = standingOf(look.data, here);
    return (
      <ContinueAs {...{ token, path, standing }} person={look.data} here={nameBeside(here, look.data)} />
    );
  }
  if (look.isPending) return <Working />;
  const { code } = toFailure(look.error);
  if (code === 'CODE_EXPIRED' || code === 'BAD_REQUEST') return <SpentLink />;
  return (
    <AuthLayout
      title={t('telegramAccount.continueFailedTitle')}
      lead={code === 'NETWORK' ? t('telegramAccount.needsNetwork') : errorText(t, look.error)}
    >
      <div className={classes.actions}>
        <Button isWide onClick={() => void look.refetch()}>
          {t('common.retry')}
        </Button>
      </div>
    </AuthLayout>
  );
}

/** Both accounts are often of one person, and called the same: then by @name. Empty: nobody is signed in here. */
function nameBeside(here: Named | null, other: Named): string {
  if (!here) return '';
  return here.name === other.name && here.username ? `@${here.username}` : here.name;
}

interface Named {
  name: string;
  username: string | null;
}

function Working() {
  const { t } = useTranslation();
  if (!useDelayed(SHOWN_AFTER_MS)) return <main />;
  return <AuthLayout title={t('telegramAccount.working')} />;
}
