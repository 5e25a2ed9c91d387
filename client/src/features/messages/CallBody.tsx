import type { CallSummary } from '@ahoy/shared/protocol/calls.ts';
import { IconPhone, IconVideo } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CallWay } from '../../components/CallWay.tsx';
import { standingText } from '../../i18n/callText.ts';
import { callStandingOf, isOpenCall } from '../../offline/callStanding.ts';
import classes from './CallBody.module.css';

type Props = {
  call: CallSummary;
  isOutgoing: boolean;
  /** The row's `time` element. */
  when: ReactNode;
  now: Date;
  onCall: () => void;
  /** It stands open to everyone in the chat: while it goes on, one comes in here. */
  isRoom: boolean;
};

/** What a bubble holds that tells of a call: all of it calls back, unless there is still something to hang up. */
export function CallBody({ call, isOutgoing, when, now, onCall, isRoom }: Props) {
  const { t } = useTranslation();
  const standing = callStandingOf(call, isOutgoing, now.getTime());
  const said = standingText(t, call, standing);
  const Icon = call.media === 'video' ? IconVideo : IconPhone;
  const inner = (
    <>
      <span className={classes.icon} data-missed={standing === 'missed'}>
        <Icon size={22} stroke={1.75} aria-hidden="true" />
      </span>
      <span className={classes.words}>
        <span className={classes.title}>{t(`callList.${call.media}`)}</span>
        <span className={classes.line}>
          <span className={classes.standing} data-missed={standing === 'missed'}>
            <CallWay isOutgoing={isOutgoing} />
            {said}
          </span>
          {when}
        </span>
      </span>
    </>
  );
  const isJoinable = isRoom && standing === 'running';
  if (isOpenCall(standing) && !isJoinable) return <div className={classes.body}>{inner}</div>;
  return (
    <button
      type="button"
      className={classes.body}
      tabIndex={-1}
      title={t(isRoom ? 'rooms.joinCall' : 'messages.callBack')}
      onClick={onCall}
    >
      {inner}
    </button>
  );
}
