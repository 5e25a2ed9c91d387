import { useEffect, useState } from 'react';
import { preloadSheet } from '../../../components/Sheet.tsx';
import { RoomLinkSheet } from '../../rooms/RoomLinkSheet.tsx';
import type { CallSheet } from '../screens/useCallSheet.ts';
import { ConnectionSheet } from '../sheets/ConnectionSheet.tsx';
import { DevicesSheet } from '../sheets/DevicesSheet.tsx';
import { PermissionSheet } from '../sheets/PermissionSheet.tsx';
import { PeopleSheet } from './PeopleSheet.tsx';
import { QuestionSheet } from './QuestionSheet.tsx';
import { RoomMoreSheet } from './RoomMoreSheet.tsx';
import type { RoomCall } from './useRoomCall.ts';

type Props = {
  roomCall: RoomCall;
  onChat: () => void;
  onPictureInPicture: (() => void) | null;
};

/** What opens over a room's call. */
export function RoomSheets({ roomCall, onChat, onPictureInPicture }: Props) {
  const { model, question, showSheet } = roomCall;
  const { session, call } = model;
  const sheet = call.phase === 'ended' ? null : roomCall.sheet;
  const [opened, setOpened] = useState<ReadonlySet<CallSheet>>(new Set());
  useEffect(() => {
    if (sheet !== null) setOpened((before) => new Set(before).add(sheet));
  }, [sheet]);
  useEffect(() => {
    // Where it does not come now, it is asked for again when one is opened.
    void Promise.allSettled([preloadSheet()]);
  }, []);
  // Closed ones stay where they are, so that they can leave; those never opened cost nothing.
  const of = (kind: CallSheet) => ({ isOpen: sheet === kind, onClose: () => showSheet(null) });
  return (
    <>
      {opened.has('more') && (
        <RoomMoreSheet
          roomCall={roomCall}
          {...of('more')}
          onChat={onChat}
          onPictureInPicture={onPictureInPicture}
        />
      )}
      {opened.has('people') && <PeopleSheet roomCall={roomCall} {...of('people')} />}
      {opened.has('invite') && <RoomLinkSheet chatId={call.chatId} layer="call" {...of('invite')} />}
      {question && <QuestionSheet roomCall={roomCall} question={question} {...of('question')} />}
      {opened.has('devices') && <DevicesSheet media={session.media} {...of('devices')} />}
      {opened.has('connection') && <ConnectionSheet session={session} {...of('connection')} />}
      {opened.has('help') && <PermissionSheet media={session.media} {...of('help')} />}
    </>
  );
}
