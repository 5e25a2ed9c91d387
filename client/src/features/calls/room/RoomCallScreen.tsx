import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../screens/CallScreen.module.css';
import type { CallScreenProps } from '../screens/CallScreen.tsx';
import { FloatingCall, FloatingEnd } from '../screens/FloatingCall.tsx';
import { NoticeList } from '../screens/NoticeList.tsx';
import { useCallKeys } from '../screens/useCallKeys.ts';
import { useCorner } from '../screens/useCorner.ts';
import { usePictureInPicture } from '../screens/usePictureInPicture.ts';
import room from './RoomCallScreen.module.css';
import { RoomCallTop } from './RoomCallTop.tsx';
import { RoomDock } from './RoomDock.tsx';
import { RoomEnded } from './RoomEnded.tsx';
import { RoomNotices } from './RoomNotices.tsx';
import { RoomSheets } from './RoomSheets.tsx';
import { RoomStage } from './RoomStage.tsx';
import { useRoomCall } from './useRoomCall.ts';

/** The call of a room: over everything, beside its chat, or floating. Its pictures stay the same elements in all of them. */
export function RoomCallScreen({ model, view, isSoundRefused, onHear, onMinimise, ...on }: CallScreenProps) {
  const { t } = useTranslation();
  const { call, hasPicture } = model;
  const isFloating = view === 'floating';
  const isEnded = call.phase === 'ended';
  const root = useRef<HTMLElement>(null);
  const roomCall = useRoomCall(model);
  const { title, mode, pinnedId, pin, showSheet } = roomCall;
  const { corner, handlers } = useCorner(root, 'topRight', isFloating);
  const onPictureInPicture = usePictureInPicture(root, hasPicture);
  const onCallKey = useCallKeys(model, () => !isFloating && onMinimise(true));

  // What had the focus goes when the call ends: from its frame, keys and readers go on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end takes it once more
  useEffect(() => {
    if (view === 'full') root.current?.focus({ preventScroll: true });
  }, [view, isEnded]);

  return (
    <>
      <section
        ref={root}
        className={`${classes.call} ${isFloating || isEnded ? '' : room.room}`}
        tabIndex={-1}
        aria-label={t('calls.callWith', { name: title })}
        data-view={view}
        data-picture={(isFloating && hasPicture) || undefined}
        data-corner={isFloating ? corner : undefined}
        {...handlers}
        onKeyDown={(event) => {
          handlers.onKeyDown(event);
          onCallKey(event);
        }}
      >
        {!isFloating && !isEnded && (
          <RoomCallTop
            roomCall={roomCall}
            view={view}
            onMinimise={() => onMinimise(true)}
            onChat={on.onChat}
          />
        )}
        {!isEnded && (
          <RoomStage
            model={model}
            isFloating={isFloating}
            mode={mode}
            pinnedId={pinnedId}
            onPin={pin}
            onPeople={() => showSheet('people')}
          />
        )}
        {!isFloating && !isEnded && (
          <>
            <div className={room.notices}>
              <RoomNotices roomCall={roomCall} />
              <NoticeList
                model={model}
                isSoundRefused={isSoundRefused}
                onHear={onHear}
                onHelp={() => showSheet('help')}
              />
            </div>
            <RoomDock roomCall={roomCall} />
          </>
        )}
        {!isFloating && isEnded && <RoomEnded roomCall={roomCall} onMessage={on.onMessage} />}
        {isFloating && !isEnded && <FloatingCall model={model} onOpen={() => onMinimise(false)} />}
        {isFloating && isEnded && <FloatingEnd model={model} onOpen={() => onMinimise(false)} />}
      </section>
      <RoomSheets roomCall={roomCall} onChat={on.onChat} onPictureInPicture={onPictureInPicture} />
    </>
  );
}
