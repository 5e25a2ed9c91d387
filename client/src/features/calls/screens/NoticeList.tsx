import {
  IconAlertTriangle,
  IconCloudOff,
  IconMicrophoneOff,
  IconMoonStars,
  IconRefresh,
  IconVideoOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CallSignal } from './CallSignal.tsx';
import type { CallModel } from './callModel.ts';
import classes from './NoticeList.module.css';
import { type NoticeKind, noticesOf } from './notices.ts';

const ICON = { size: 18, stroke: 2, 'aria-hidden': true } as const;

const ICONS: Readonly<Record<NoticeKind, ReactNode>> = {
  reconnecting: <IconRefresh {...ICON} />,
  serverLost: <IconCloudOff {...ICON} />,
  microphoneProblem: <IconMicrophoneOff {...ICON} />,
  cameraProblem: <IconVideoOff {...ICON} />,
  screenProblem: <IconAlertTriangle {...ICON} />,
  interrupted: <IconMicrophoneOff {...ICON} />,
  weak: (
    <span aria-hidden="true">
      <CallSignal bars={1} />
    </span>
  ),
  held: <IconVideoOff {...ICON} />,
  background: <IconMoonStars {...ICON} />,
  microphoneOff: <IconMicrophoneOff {...ICON} />,
  cameraHeld: <IconVideoOff {...ICON} />,
};

type Props = {
  model: CallModel;
  isSoundRefused: boolean;
  onHear: () => void;
  onHelp: () => void;
};

/** What hinders the call, in pills above the dock; where one can do something, it is offered in the pill. */
export function NoticeList({ model, isSoundRefused, onHear, onHelp }: Props) {
  const { t } = useTranslation();
  const { call, media, session, nameOf } = model;
  const notices = noticesOf(t, call, media, nameOf);
  return (
    <div className={classes.list}>
      {isSoundRefused && (
        <button type="button" className={classes.hear} onClick={onHear}>
          {t('calls.tapToHear')}
        </button>
      )}
      {media.isScreenOn && (
        <div className={classes.notice}>
          <span>{t('calls.sharing')}</span>
          <button type="button" onClick={() => void session.media.setScreen(false)}>
            {t('calls.stopSharing')}
          </button>
        </div>
      )}
      <div role="status" className={classes.said}>
        {notices.map(({ id, kind, text }) => (
          <div key={id} className={classes.notice}>
            {ICONS[kind]}
            <span>{text}</span>
            {kind.endsWith('Problem') && (
              <button type="button" onClick={onHelp}>
                {t('calls.whatToDo')}
              </button>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
