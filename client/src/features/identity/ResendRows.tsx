import { IconPencil, IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { FormError } from '../../components/FormError.tsx';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { errorText } from '../../i18n/errorText.ts';
import { keepChallenge, type PendingChallenge } from './challenge.ts';
import classes from './form.module.css';

export interface ResendRowsProps {
  challenge: PendingChallenge;
  changeAddressTo: string;
  onResent: () => void;
}

/** Send it again (with its wait), change the address, look in the spam folder. */
export function ResendRows({ challenge, changeAddressTo, onResent }: ResendRowsProps) {
  const { t } = useTranslation();
  const showToast = useToast();
  const [resendAt, setResendAt] = useState(challenge.resendAt);
  const secondsLeft = useSecondsUntil(resendAt);
  const resend = useMutation(
    useApiQueries().identity.resend.mutationOptions({
      onSuccess: ({ resendAfterSeconds }) => {
        const next = Date.now() + resendAfterSeconds * 1000;
        setResendAt(next);
        keepChallenge(localStorage, { ...challenge, resendAt: next });
        showToast({ text: t('identity.resent') });
        onResent();
      },
    }),
  );
  const { challengeId, secret } = challenge;
  return (
    <div>
      <div className={classes.rows}>
        <button
          type="button"
          className={classes.row}
          disabled={secondsLeft > 0 || resend.isPending}
          onClick={() => resend.mutate({ challengeId, secret })}
        >
          <IconRefresh size={20} stroke={1.75} aria-hidden="true" />
          <span>
            {t('identity.resend')}
            {secondsLeft > 0 && (
              <span className={classes.wait}>{t('identity.resendIn', { time: clockOf(secondsLeft) })}</span>
            )}
          </span>
        </button>
        <Link className={classes.row} href={changeAddressTo}>
          <IconPencil size={20} stroke={1.75} aria-hidden="true" />
          {t('identity.changeAddress')}
        </Link>
      </div>
      <p className={classes.spam}>{t('identity.spamHint')}</p>
      <FormError text={resend.error ? errorText(t, resend.error) : undefined} />
    </div>
  );
}

/** Whole seconds until a moment (milliseconds of the epoch), at least 0; counts down while mounted. */
function useSecondsUntil(moment: number): number {
  const [now, setNow] = useState(() => Date.now());
  const left = Math.max(0, Math.ceil((moment - now) / 1000));
  const isOver = left === 0;
  useEffect(() => {
    setNow(Date.now());
    if (isOver) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isOver]);
  return left;
}

function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
