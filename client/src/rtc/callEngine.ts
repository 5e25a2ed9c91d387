import type { Call, CallMedia, Signal } from '@ahoy/shared/protocol/calls.ts';
import type { RoomNews } from '@ahoy/shared/protocol/rooms.ts';
import type { CallSession, KnownCall } from './callSnapshot.ts';
import type { LocalMedia } from './media/localMedia.ts';

/** How a call begins at this device. `participantId` is the device's name in the call, also after a reload. */
export type CallBeginning = {
  participantId: string;
  isWithCamera: boolean;
  /** Left out: as it is. */
  isWithMicrophone?: boolean;
} & (
  | { kind: 'start'; id: string; chatId: string; media: CallMedia; isRoom: boolean }
  | { kind: 'join'; call: KnownCall; takesOver: boolean; leavesOther: boolean }
);

/** A session as the book of calls holds it: it is told what the socket brings. */
export type HeldSession = CallSession & {
  participantId: string;
  hear: (call: Call) => void;
  hearSignal: (signal: Signal) => void;
  hearRoom: (news: RoomNews) => void;
  /** The socket is gone. */
  lineLost: () => void;
  /** The socket stands again. */
  lineRestored: () => void;
  /** Another network, or one again. */
  networkChanged: () => void;
  /** The server no longer names this call among ours: asks why. */
  lookAgain: () => void;
};

/** What is loaded only when there is a call. */
export type CallEngine = {
  media: LocalMedia;
  begin: (beginning: CallBeginning) => HeldSession;
};
