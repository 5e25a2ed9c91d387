import { IconPhoneFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../components/Avatar.tsx';
import { useServices } from '../../../components/ServicesContext.tsx';
import type { RingingCall } from '../../../rtc/callSnapshot.ts';
import { HandsetDown } from './CallIcons.tsx';
import classes from './IncomingRow.module.css';
import { useNames } from './useCallPeople.ts';

/** One who calls, in one line: while one is in another call, or beneath another caller. */
export function IncomingRow({ ringing, isInCall = false }: { ringing: RingingCall; isInCall?: boolean }) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const { call } = ringing;
  const name = useNames([call.startedBy])(call.startedBy);
  const isVideo = call.media === 'video';
  return (
    <div className={classes.row}>
      <Avatar id={call.startedBy} name={name} size={40} />
      <div className={classes.words}>
        <p className={classes.name}>{name}</p>
        <p className={classes.kind}>{isVideo ? t('calls.videoCall') : t('calls.voiceCall')}</p>
      </div>
      <div className={classes.acts}>
        <button
          type="button"
          className={classes.decline}
          aria-label={t('calls.declineFrom', { name })}
          onClick={() => void calls.decline(call.id)}
        >
          <HandsetDown size={24} />
          {isInCall && <span>{t('calls.decline')}</span>}
        </button>
        <button
          type="button"
          className={classes.answer}
          aria-label={isInCall ? t('calls.endAndAnswerFrom', { name }) : t('calls.answerFrom', { name })}
          onClick={() => void calls.answer(call.id, { isWithCamera: false })}
        >
          <IconPhoneFilled size={22} aria-hidden="true" />
          {isInCall && <span>{t('calls.endAndAnswer')}</span>}
        </button>
      </div>
    </div>
  );
}
