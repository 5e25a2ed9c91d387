import { IconMessageCircle, IconPhone, IconPhoneFilled, IconVideo } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../../components/ServicesContext.tsx';
import type { RingingCall } from '../../../rtc/callSnapshot.ts';
import { DeclineWithMessageSheet } from '../sheets/DeclineWithMessageSheet.tsx';
import { CallFace } from './CallFace.tsx';
import { HandsetDown } from './CallIcons.tsx';
import classes from './IncomingCall.module.css';
import { IncomingRow } from './IncomingRow.tsx';
import { RoundButton } from './RoundButton.tsx';
import { useCalledChat, useNames } from './useCallPeople.ts';
import { useTakeFocus } from './useTakeFocus.ts';

/** Somebody calls: the whole screen of a phone, a card on a desktop. Who calls later stands beneath. */
export function IncomingCall({ first, others }: { first: RingingCall; others: readonly RingingCall[] }) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const { call } = first;
  const root = useRef<HTMLDivElement>(null);
  const ids = { name: useId(), kind: useId() };
  const chat = useCalledChat(call.chatId);
  const caller = useNames([call.startedBy])(call.startedBy);
  const [isWriting, setWriting] = useState(false);
  useTakeFocus(root);
  const isVideo = call.media === 'video';
  return (
    <>
      <div
        ref={root}
        className={classes.incoming}
        role="alertdialog"
        aria-labelledby={`${ids.kind} ${ids.name}`}
        tabIndex={-1}
        onKeyDown={keepEscape}
      >
        <p id={ids.kind} className={classes.kind}>
          {isVideo ? (
            <IconVideo size={20} stroke={1.75} aria-hidden="true" />
          ) : (
            <IconPhone size={20} stroke={1.75} aria-hidden="true" />
          )}
          {isVideo ? t('calls.videoCall') : t('calls.voiceCall')}
        </p>
        <CallFace avatarId={call.startedBy} name={caller} isGroup={false} isRinging nameId={ids.name}>
          {chat.isGroup && <p>{chat.name}</p>}
        </CallFace>
        <div className={classes.acts}>
          <RoundButton
            tone="glass"
            icon={<IconMessageCircle size={28} stroke={1.75} />}
            label={t('calls.message')}
            onClick={() => setWriting(true)}
          />
          <RoundButton
            tone="outline"
            icon={<IconVideo size={28} stroke={1.75} />}
            label={t('calls.withVideo')}
            onClick={() => void calls.answer(call.id, { isWithCamera: true })}
          />
          <RoundButton
            tone="no"
            isLarge
            icon={<HandsetDown size={38} />}
            label={t('calls.decline')}
            onClick={() => void calls.decline(call.id)}
          />
          <RoundButton
            tone="yes"
            isLarge
            icon={<IconPhoneFilled size={32} />}
            label={t('calls.answer')}
            onClick={() => void calls.answer(call.id, { isWithCamera: false })}
          />
        </div>
        {others.length > 0 && (
          <section className={classes.others} aria-label={t('calls.alsoCalling')}>
            <h2>{t('calls.alsoCalling')}</h2>
            {others.map((each) => (
              <IncomingRow key={each.call.id} ringing={each} />
            ))}
          </section>
        )}
      </div>
      <DeclineWithMessageSheet call={call} isOpen={isWriting} onClose={() => setWriting(false)} />
    </>
  );
}

/** One who wants to close something else must not turn a caller away: declining is a button of its own. */
function keepEscape(event: KeyboardEvent) {
  if (event.key === 'Escape') event.stopPropagation();
}
