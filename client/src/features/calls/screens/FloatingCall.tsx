import { IconMicrophone, IconMicrophoneOff, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../components/Avatar.tsx';
import { useServices } from '../../../components/ServicesContext.tsx';
import { HandsetDown } from './CallIcons.tsx';
import { CallTime } from './CallTime.tsx';
import type { CallModel } from './callModel.ts';
import { endingWords } from './callWords.ts';
import { useLeaving } from './EndedCall.tsx';
import classes from './FloatingCall.module.css';

/** The call while one uses the rest of the app: small, over everything. */
export function FloatingCall({ model, onOpen }: { model: CallModel; onOpen: () => void }) {
  const { t } = useTranslation();
  const { session, media, name, avatarId, chat, hasPicture, onlyRemote } = model;
  const { isMicrophoneOn } = media;
  return (
    <div className={classes.floating} data-picture={hasPicture || undefined}>
      <button type="button" className={classes.open} aria-label={t('calls.open')} onClick={onOpen} />
      {!hasPicture && (
        <>
          <span className={classes.avatar} data-speaking={onlyRemote?.isSpeaking || undefined}>
            <Avatar id={avatarId} name={name} kind={chat.isGroup ? 'group' : 'person'} size={40} />
          </span>
          <div className={classes.words}>
            <p className={classes.name}>{name}</p>
            <CallTime model={model} isBrief />
          </div>
        </>
      )}
      <div className={classes.acts}>
        <button
          type="button"
          aria-label={t('calls.microphone')}
          aria-pressed={isMicrophoneOn}
          data-off={!isMicrophoneOn || undefined}
          onClick={() => void session.media.setMicrophone(!isMicrophoneOn)}
        >
          {isMicrophoneOn ? (
            <IconMicrophone size={22} stroke={1.75} aria-hidden="true" />
          ) : (
            <IconMicrophoneOff size={22} stroke={1.75} aria-hidden="true" />
          )}
        </button>
        <button
          type="button"
          className={classes.end}
          aria-label={t('calls.end')}
          onClick={() => void session.hangUp()}
        >
          <HandsetDown size={24} />
        </button>
      </div>
    </div>
  );
}

/** The same place says why the call is over. */
export function FloatingEnd({ model, onOpen }: { model: CallModel; onOpen: () => void }) {
  const { t } = useTranslation();
  const { calls } = useServices();
  useLeaving(model);
  const { name, avatarId, chat, call } = model;
  return (
    <div className={classes.floating}>
      <button type="button" className={classes.open} aria-label={t('calls.open')} onClick={onOpen} />
      <span className={classes.avatar}>
        <Avatar id={avatarId} name={name} kind={chat.isGroup ? 'group' : 'person'} size={40} />
      </span>
      <div className={classes.words}>
        <p className={classes.name}>{name}</p>
        <p role="alert" className={classes.reason}>
          {endingWords(t, call).title}
        </p>
      </div>
      <div className={classes.acts}>
        <button type="button" aria-label={t('common.close')} onClick={calls.dismiss}>
          <IconX size={22} stroke={1.75} aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}
