import { useTranslation } from 'react-i18next';
import { CallSignal } from './CallSignal.tsx';
import classes from './CallTop.module.css';
import type { CallModel } from './callModel.ts';
import { progressWords } from './callWords.ts';
import { useRunningTime } from './useRunningTime.ts';

/** Where the call stands: ringing, connecting, or how long it runs, with the bars of the link. */
export function CallTime({ model, isBrief = false }: { model: CallModel; isBrief?: boolean }) {
  const { t } = useTranslation();
  const { call, name, onlyRemote } = model;
  const time = useRunningTime(call);
  const progress = progressWords(t, call, isBrief ? null : name);
  if (progress !== null) {
    return (
      <p className={classes.time} role="status">
        {progress}
      </p>
    );
  }
  return (
    <p className={classes.time}>
      {onlyRemote?.quality && <CallSignal bars={onlyRemote.quality.bars} />}
      {/* Not a live region: nobody wants every second read out. */}
      <span role="timer" aria-label={t('calls.runningTime')} className={classes.figures}>
        {time}
      </span>
    </p>
  );
}
