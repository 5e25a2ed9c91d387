import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { useRef, useState } from 'react';
import { useServices } from '../../../components/ServicesContext.tsx';
import { useLive } from '../../../components/useLive.ts';
import { useMe } from '../../../components/useMe.ts';
import { useMyId } from '../../../components/useMyId.ts';
import { chatHeaderQuery } from '../../../offline/queries.ts';
import { type RoomHold, useRoom } from '../../rooms/useRoom.ts';
import type { CallModel } from '../screens/callModel.ts';
import { type CallSheet, useCallSheet } from '../screens/useCallSheet.ts';
import type { StageMode } from './arrange.ts';

/** What is asked once more before it is done. */
export type RoomQuestion =
  | { kind: 'remove' | 'handOver'; person: Pick<Person, 'id' | 'name'> }
  | { kind: 'endCall' };

/** All that the parts of a room's call share beyond the call itself. */
export type RoomCall = {
  model: CallModel;
  hold: RoomHold;
  /** The last that was known: whoever is taken out no longer holds the room. */
  title: string;
  myId: string;
  mode: StageMode;
  setMode: (mode: StageMode) => void;
  pinnedId: string | null;
  pin: (tileId: string | null) => void;
  /** Messages in the room's chat. */
  unread: number;
  /** Who came by a link has none to give on. */
  canInvite: boolean;
  sheet: CallSheet | null;
  showSheet: (sheet: CallSheet | null) => void;
  question: RoomQuestion | null;
  ask: (question: RoomQuestion) => void;
};

export function useRoomCall(model: CallModel): RoomCall {
  const { copy } = useServices();
  const me = useMe();
  const myId = useMyId();
  const { chatId, phase } = model.call;
  const hold = useRoom(chatId);
  const header = useLive(copy, chatHeaderQuery(myId, chatId));
  const [mode, setMode] = useState<StageMode>('grid');
  const [pinnedId, pin] = useState<string | null>(null);
  const [question, setQuestion] = useState<RoomQuestion | null>(null);
  const title = useRef('');
  title.current = (hold.title ?? model.name) || title.current;
  const { sheet, showSheet } = useCallSheet(phase === 'ended');
  return {
    title: title.current,
    ...{ model, hold, myId, mode, pinnedId, pin, sheet, showSheet, question },
    setMode(next) {
      setMode(next);
      pin(null);
    },
    unread: header?.unread ?? 0,
    canInvite: me !== null && me.guestOf === undefined,
    ask(next) {
      setQuestion(next);
      showSheet('question');
    },
  };
}
