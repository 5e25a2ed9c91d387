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
  const choices = useRef<HTMLFieldSetElement>(null);
  const mute = useMutation(
    useApiQueries().notifications.muteChat.mutationOptions({
      onSuccess(_, { until }) {
        setChoosing(false);
        showToast({ text: until === null ? t('notifications.unmuted') : untilWords(until, now) });
      },
      onError: (error) => showToast({ text: errorText(t, error) }),
    }),
  );
  useEffect(() => {
    if (isChoosing) choices.current?.querySelector('button')?.focus();
  }, [isChoosing]);

  const isQuiet = isMuted(mutedUntil, now.getTime());
  if (isQuiet && mutedUntil !== null) {
    return (
      <RowGroup>
        <Row
          icon={<IconBell {...ICON} />}
          title={t('notifications.unmute')}
          text={untilWords(mutedUntil, now)}
          onClick={() => mute.mutate({ chatId, until: null })}
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
          onClick={() => setChoosing(true)}
        />
      </RowGroup>
    );
  }
  return (
    <fieldset ref={choices} className={classes.choices} disabled={mute.isPending}>
      <legend className={classes.legend}>{t('notifications.muteFor')}</legend>
      {MUTE_CHOICES.map((choice) => (
        <button
          key={choice}
          type="button"
          className={classes.choice}
          onClick={() => mute.mutate({ chatId, until: muteEnd(choice, Date.now()) })}
        >
          {t(WORDS[choice])}
        </button>
      ))}
    </fieldset>
  );
}

/** The time alone when it is today, else the day with it. */
function useUntilWords(): (until: string, now: Date) => string {
  const { t } = useTranslation();
  const dates = useDateWords();
  return (until, now) => {
    if (isForEver(until)) return t('notifications.mutedAlways');
    const at = new Date(until);
    const isToday = daysBetween(now, at) === 0;
    const day = `${dates.day(at, now).toLowerCase()}, ${dates.time(at)}`;
    return t('notifications.mutedUntil', { when: isToday ? dates.time(at) : day });
  };
}
