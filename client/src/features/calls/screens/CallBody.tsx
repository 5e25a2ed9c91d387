import type { RefObject } from 'react';
import { CallFace } from './CallFace.tsx';
import classes from './CallScreen.module.css';
import { CallTime } from './CallTime.tsx';
import { CallTop } from './CallTop.tsx';
import type { CallModel, CallView } from './callModel.ts';
import { Dock } from './Dock.tsx';
import { EndedCall } from './EndedCall.tsx';
import { NoticeList } from './NoticeList.tsx';
import { SelfView } from './SelfView.tsx';
import type { CallSheet } from './useCallSheet.ts';

type Props = {
  model: CallModel;
  view: CallView;
  /** What hides over a picture. */
  parts: RefObject<readonly (HTMLElement | null)[]>;
  isSoundRefused: boolean;
  onHear: () => void;
  onMinimise: () => void;
  onChat: () => void;
  onMessage: () => void;
  onSheet: (sheet: CallSheet) => void;
};

/** What stands over the pictures while the call is large. */
export function CallBody({ model, view, parts, onSheet, ...on }: Props) {
  const { call, media, name, avatarId, chat, hasPicture, onlyRemote } = model;
  if (call.phase === 'ended') return <EndedCall model={model} onMessage={on.onMessage} />;
  const own = call.remotes.length > 0 && media.isCameraOn ? media.tracks.camera : null;
  const isFaced = !hasPicture && call.remotes.length <= 1;
  return (
    <>
      {call.remotes.length <= 1 && <div className={classes.shade} />}
      <div
        className={classes.top}
        ref={(element) => {
          parts.current = [element, parts.current[1] ?? null];
        }}
      >
        <CallTop model={model} onMinimise={on.onMinimise} onTrust={() => onSheet('trust')} />
      </div>
      <div className={classes.middle}>
        {isFaced && (
          <CallFace
            avatarId={avatarId}
            name={name}
            isGroup={chat.isGroup}
            isRinging={call.phase === 'ringing' || call.phase === 'starting'}
            isSpeaking={onlyRemote?.isSpeaking ?? false}
          >
            <CallTime model={model} />
          </CallFace>
        )}
      </div>
      {own && <SelfView model={model} track={own} />}
      <div className={classes.notices} data-self={own !== null || undefined}>
        <NoticeList
          model={model}
          isSoundRefused={on.isSoundRefused}
          onHear={on.onHear}
          onHelp={() => onSheet('help')}
        />
      </div>
      <div
        className={classes.foot}
        ref={(element) => {
          parts.current = [parts.current[0] ?? null, element];
        }}
      >
        <Dock
          model={model}
          view={view}
          onChat={on.onChat}
          onDevices={() => onSheet('devices')}
          onMore={() => onSheet('more')}
        />
      </div>
    </>
  );
}
