import { IconMessageCircle, IconPhoneFilled, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../../components/ServicesContext.tsx';
import { CallFace } from './CallFace.tsx';
import type { CallModel } from './callModel.ts';
import { endingStaysMs, endingWords } from './callWords.ts';
import classes from './EndedCall.module.css';
import { RoundButton } from './RoundButton.tsx';
import { useRunningTime } from './useRunningTime.ts';

/** Says why the call is over; leaves by itself where there is nothing to do. */
export function EndedCall({ model, onMessage }: { model: CallModel; onMessage: () => void }) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const { call, avatarId, name, chat } = model;
  const words = endingWords(t, call);
  const time = useRunningTime(call);
  const isOffering = useLeaving(model) === null;
  return (
    <div className={classes.ended}>
      <CallFace avatarId={avatarId} name={name} isGroup={chat.isGroup}>
        <p role="alert">{words.title}</p>
        {words.detail !== null && <p className={classes.detail}>{words.detail}</p>}
        {time !== null && <p className={classes.time}>{time}</p>}
      </CallFace>
      {isOffering && (
        <div className={classes.acts}>
          <RoundButton
            tone="glass"
            icon={<IconX size={28} stroke={1.75} />}
            label={t('common.close')}
            onClick={calls.dismiss}
          />
          <RoundButton
            tone="glass"
            icon={<IconMessageCircle size={28} stroke={1.75} />}
            label={t('calls.message')}
            onClick={() => {
              calls.dismiss();
              onMessage();
            }}
          />
          <RoundButton
            tone="yes"
            icon={<IconPhoneFilled size={28} />}
            label={t('calls.callBack')}
            onClick={() => void calls.start({ chatId: call.chatId, media: call.media })}
          />
        </div>
      )}
    </div>
  );
}

/** After how long the ended call goes by itself; null: it waits to be closed. */
export function useLeaving({ call }: CallModel): number | null {
  const { calls } = useServices();
  const staysMs = call.ending === null ? null : endingStaysMs(call.ending);
  useEffect(() => {
    if (staysMs === null) return;
    const timer = setTimeout(calls.dismiss, staysMs);
    return () => clearTimeout(timer);
  }, [staysMs, calls]);
  return staysMs;
}
