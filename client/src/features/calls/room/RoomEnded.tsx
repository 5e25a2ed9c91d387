import { IconMessageCircle, IconPhoneFilled, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../../components/ServicesContext.tsx';
import { CallFace } from '../screens/CallFace.tsx';
import { endingWords } from '../screens/callWords.ts';
import ended from '../screens/EndedCall.module.css';
import { useLeaving } from '../screens/EndedCall.tsx';
import { RoundButton } from '../screens/RoundButton.tsx';
import { useRunningTime } from '../screens/useRunningTime.ts';
import type { RoomCall } from './useRoomCall.ts';

/** Says why one is no longer in a room's call, and how to come back. */
export function RoomEnded({ roomCall, onMessage }: { roomCall: RoomCall; onMessage: () => void }) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const { model, title: name } = roomCall;
  const { call, avatarId } = model;
  const { title, detail } = endingWords(t, call);
  const time = useRunningTime(call);
  const isOffering = useLeaving(model) === null;
  const { chatId, media } = call;
  return (
    <div className={ended.ended}>
      <CallFace avatarId={avatarId} name={name} isGroup>
        <p role="alert">{title}</p>
        {detail !== null && <p className={ended.detail}>{detail}</p>}
        {time !== null && <p className={ended.time}>{time}</p>}
      </CallFace>
      {isOffering && (
        <div className={ended.acts}>
          <RoundButton
            tone="glass"
            icon={<IconX size={28} stroke={1.75} />}
            label={t('common.close')}
            onClick={calls.dismiss}
          />
          {call.ending !== 'removed' && (
            <>
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
                label={t('roomCall.joinAgain')}
                onClick={() =>
                  void calls.enterRoom({
                    ...{ chatId, media, isWithCamera: media === 'video', isWithMicrophone: true },
                  })
                }
              />
            </>
          )}
        </div>
      )}
    </div>
  );
}
