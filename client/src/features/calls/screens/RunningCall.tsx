import { useCallback, useState } from 'react';
import { useServices } from '../../../components/ServicesContext.tsx';
import type { CallSession } from '../../../rtc/callSnapshot.ts';
import { RoomCallScreen } from '../room/RoomCallScreen.tsx';
import { CallScreen } from './CallScreen.tsx';
import { type CallLayerProps, useCallModel } from './callModel.ts';
import { RemoteSounds } from './RemoteSounds.tsx';
import { Ringing } from './Ringing.tsx';

/** The call that this device is in: what is seen, what is heard, and who calls meanwhile. */
export function RunningCall({ session, view, onChat, onMessage }: CallLayerProps & { session: CallSession }) {
  const { calls } = useServices();
  const model = useCallModel(session);
  const [attempt, setAttempt] = useState(0);
  const [isSoundRefused, setSoundRefused] = useState(false);
  const onRefused = useCallback(() => setSoundRefused(true), []);
  const { call, media } = model;
  const Screen = call.kind === 'room' ? RoomCallScreen : CallScreen;
  const isOver = call.phase === 'ended';

  function hear() {
    setSoundRefused(false);
    setAttempt((before) => before + 1);
  }

  return (
    <>
      <Screen
        model={model}
        view={view}
        isSoundRefused={isSoundRefused}
        onHear={hear}
        onMinimise={calls.setMinimised}
        onChat={() => onChat(call.chatId)}
        onMessage={() => onMessage(call.chatId)}
      />
      {!isOver && (
        <RemoteSounds
          remotes={call.remotes}
          speakerId={media.speakerId}
          attempt={attempt}
          onRefused={onRefused}
        />
      )}
      <Ringing isInCall={!isOver} />
    </>
  );
}
