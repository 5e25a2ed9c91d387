import { IconChevronDown, IconMessageCircle, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../screens/callModel.ts';
import { useRunningTime } from '../screens/useRunningTime.ts';
import classes from './RoomCallTop.module.css';
import type { RoomCall } from './useRoomCall.ts';

const ICON = { size: 26, stroke: 1.75, 'aria-hidden': true } as const;

type Props = { roomCall: RoomCall; view: CallView; onMinimise: () => void; onChat: () => void };

/** Above a room's call: away from it, its name, who is in it, who may come in, and its chat. */
export function RoomCallTop({ roomCall, view, onMinimise, onChat }: Props) {
  const { t } = useTranslation();
  const { model, hold, title, unread, canInvite, showSheet } = roomCall;
  const { call } = model;
  const time = useRunningTime(call);
  const waiting = hold.waiting.length;
  return (
    <header className={classes.top}>
      <button
        type="button"
        className={classes.button}
        aria-label={t('calls.minimise')}
        title={t('calls.minimise')}
        onClick={onMinimise}
      >
        <IconChevronDown {...ICON} />
      </button>
      <div className={classes.words}>
        <h1 className={classes.name}>{title}</h1>
        {call.phase === 'active' && time !== null ? (
          <p className={classes.facts}>
            {/* Not a live region: nobody wants every second read out. */}
            <span role="timer" aria-label={t('calls.runningTime')} className={classes.figures}>
              {time}
            </span>
            <span className={classes.people}>{t('roomCall.people', { count: call.remotes.length + 1 })}</span>
          </p>
        ) : (
          <p className={classes.facts} role="status">
            {t('roomCall.joining')}
          </p>
        )}
      </div>
      <button
        type="button"
        className={classes.button}
        aria-label={
          waiting > 0 ? t('roomCall.showPeopleWaiting', { count: waiting }) : t('roomCall.showPeople')
        }
        title={t('roomCall.showPeople')}
        onClick={() => showSheet('people')}
      >
        <IconUsers {...ICON} />
        {waiting > 0 && <Count count={waiting} />}
      </button>
      {canInvite && (
        <button
          type="button"
          className={classes.button}
          aria-label={t('roomCall.invite')}
          title={t('roomCall.invite')}
          onClick={() => showSheet('invite')}
        >
          <IconUserPlus {...ICON} />
        </button>
      )}
      <button
        type="button"
        className={classes.button}
        aria-label={unread > 0 ? t('roomCall.chatUnread', { count: unread }) : t('calls.chat')}
        aria-expanded={view === 'beside'}
        title={t('calls.chat')}
        onClick={onChat}
      >
        <IconMessageCircle {...ICON} />
        {unread > 0 && <Count count={unread} />}
      </button>
    </header>
  );
}

function Count({ count }: { count: number }) {
  return (
    <span className={classes.count} aria-hidden="true">
      {count > 99 ? '99+' : count}
    </span>
  );
}
