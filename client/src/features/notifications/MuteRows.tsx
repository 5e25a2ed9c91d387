import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Row, RowGroup } from '../../components/Row.tsx';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useDateWords } from '../../components/useDateWords.ts';
import { useNow } from '../../components/useNow.ts';
import { daysBetween } from '../../i18n/dates.ts';
import { errorText } from '../../i18n/errorText.ts';
import { isMuted } from '../../offline/mute.ts';
import classes from './MuteRows.module.css';
import { isForEver, MUTE_CHOICES, type MuteChoice, muteEnd } from './muteTimes.ts';

type Props = { chatId: string; mutedUntil: string | null };

const ICON = { size: 24, stroke: 1.75 };
const WORDS = {
  hour: 'notifications.muteHour',
  eight: 'notifications.muteEight',
  week: 'notifications.muteWeek',
  always: 'notifications.muteAlways',
} as const satisfies Record<MuteChoice, string>;

/** Mutes a chat for a while, and ends that. The account's stream then tells all of one's devices. */
export function MuteRows({ chatId, mutedUntil }: Props) {
  const { t } = useTranslation();
  const showToast = useToast();
  const now = useNow(30_000);
  const untilWords = useUntilWords();
  const [isChoosing, setChoosing] = useState(false);
  const rows = useRef<HTMLDivElement>(null);
  const wasTouched = useRef(false);
  const mute = useMutation(
    useApiQueries().notifications.muteChat.mutationOptions({
      onSuccess: () => setChoosing(false),
      onError: (error) => showToast({ text: errorText(t, error) }),
    }),
  );
  // Taken for done as soon as the server has said so; the stream brings the row a moment later.
  const until = mute.isSuccess ? mute.variables.until : mutedUntil;
  const isQuiet = isMuted(until, now.getTime());
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stood there has gone, and the focus with it
  useEffect(() => {
    if (wasTouched.current) rows.current?.querySelector('button')?.focus();
  }, [isChoosing, isQuiet]);
  // Another device has changed it since.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new row counts
  useEffect(() => mute.reset(), [mutedUntil]);

  function choose(next: boolean) {
    wasTouched.current = true;
    setChoosing(next);
  }
  function setUntil(end: string | null) {
    wasTouched.current = true;
    mute.mutate({ chatId, until: end });
  }
  return <div ref={rows}>{render()}</div>;

  function render() {
    if (isQuiet && until !== null) {
      return (
        <RowGroup>
          <Row
            icon={<IconBell {...ICON} />}
            title={t('notifications.unmute')}
            text={untilWords(until, now)}
            onClick={() => setUntil(null)}
          />
        </RowGroup>
      );
    }
    if (!isChoosing) {
      return (
        <RowGroup>
          <Row
            icon={<IconBellOff {...ICON} />}
            title={t('notifications.mute')}
            text={t('notifications.muteHint')}
            onClick={() => choose(true)}
          />
        </RowGroup>
      );
    }
    return (
      <fieldset className={classes.choices}>
        <legend className={classes.legend}>{t('notifications.muteFor')}</legend>
        {MUTE_CHOICES.map((choice) => (
          <button
            key={choice}
            type="button"
            className={classes.choice}
            aria-disabled={mute.isPending || undefined}
            onClick={() => !mute.isPending && setUntil(muteEnd(choice, Date.now()))}
          >
            {t(WORDS[choice])}
          </button>
        ))}
      </fieldset>
    );
  }
}

/** The time alone when it is today, else the day with it. */
function useUntilWords(): (until: string, now: Date) => string {
  const { t } = useTranslation();
  const dates = useDateWords();
  return (until, now) => {
    if (isForEver(until)) return t('notifications.mutedAlways');
    const at = new Date(until);
    const isToday = daysBetween(now, at) === 0;
    const when = isToday ? dates.time(at) : `${dates.day(at, now)}, ${dates.time(at)}`;
    return t('notifications.mutedUntil', { when });
  };
}
