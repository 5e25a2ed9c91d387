import type { Call, CallMedia } from '@ahoy/shared/protocol/calls.ts';
import type { Failure } from '../net/failure.ts';
import type { ReadonlyStore } from '../readonlyStore.ts';
import type { LocalMedia } from './media/localMedia.ts';
import type { LinkQuality } from './quality/linkQuality.ts';
import type { SlotTracks } from './slots.ts';

/** What another device says of itself over the link. */
export type RemoteMedia = {
  isMicrophoneOn: boolean;
  isCameraOn: boolean;
  isScreenOn: boolean;
  /** Its app is not looked at: phones may stop its microphone. */
  isInBackground: boolean;
  /** Its picture is off by itself, because the network is too weak. */
  isPictureHeld: boolean;
  isHandRaised: boolean;
};

/** Another device in the call. */
export type RemoteSnapshot = {
  participantId: string;
  userId: string;
  /** Since when it is known to be in the call: milliseconds of a clock that never goes back, to order by. */
  joinedAt: number;
  /** `reconnecting`: it was connected, and a way is looked for anew. */
  connection: 'connecting' | 'connected' | 'reconnecting';
  /** Tracks that arrive, whether or not something is on them; null before the first description. */
  tracks: SlotTracks;
  /** null until it has told. Where nobody here looks at its camera, none is sent; that is not told. */
  media: RemoteMedia | null;
  isSpeaking: boolean;
  /** 0 to 1, on the media element, so that echo cancellation keeps working. */
  volume: number;
  quality: LinkQuality | null;
  /** The same four on both sides when nobody sits in between; null until both fingerprints are known. */
  emoji: readonly string[] | null;
};

/** An emoji that somebody in the call shows for a few seconds. */
export type Reaction = {
  id: string;
  /** Also this device's own. */
  participantId: string;
  emoji: string;
  /** Milliseconds of the epoch. */
  at: number;
};

/**
 * Why a call is over here. `elsewhere`: it goes on at another of one's own devices. `lost`: the network took it.
 * `removed`: the host has taken this person out of the room.
 */
export type CallEnding =
  | 'hungUp'
  | 'left'
  | 'cancelled'
  | 'declined'
  | 'missed'
  | 'busy'
  | 'elsewhere'
  | 'lost'
  | 'removed'
  | 'failed';

export type CallPhase =
  /** The server does not know of it, or of our joining, yet. */
  | 'starting'
  /** Rings at the others. */
  | 'ringing'
  /** Answered; media does not flow yet. */
  | 'connecting'
  | 'active'
  | 'ended';

export type CallSnapshot = {
  callId: string;
  chatId: string;
  /** A room's call stands open: it rings at nobody, is `active` while one is alone in it, and is never outgoing. */
  kind: 'direct' | 'room';
  media: CallMedia;
  isOutgoing: boolean;
  phase: CallPhase;
  /** As the server told it last; null before. */
  call: Call | null;
  /** Milliseconds of the epoch by this device's clock, from which the running time is counted; null before the answer. */
  answeredAt: number | null;
  /** Set with `ended`. */
  ending: CallEnding | null;
  /** With `failed`. */
  failure: Failure | null;
  /** All those ringing are in another call. */
  isOtherBusy: boolean;
  /** Own picture is off by itself until the network is better. */
  isPictureHeld: boolean;
  /** The server cannot be reached; media goes on. */
  isSignalingLost: boolean;
  isSpeaking: boolean;
  isHandRaised: boolean;
  /** Shown now, the oldest first. */
  reactions: readonly Reaction[];
  /** Who turned this device's microphone off; null once it is on again. */
  mutedBy: string | null;
  /** As many others show their screen as may: this device cannot. */
  areScreensTaken: boolean;
  /** In the order of coming. */
  remotes: readonly RemoteSnapshot[];
};

/** The call that this device is in. Over when `phase` is `ended`; its snapshot stays. */
export type CallSession = {
  store: ReadonlyStore<CallSnapshot>;
  media: LocalMedia;
  /** Over here at once; resolves when the server has been told, or could not be. */
  hangUp: () => Promise<void>;
  setVolume: (participantId: string, volume: number) => void;
  setHandRaised: (isRaised: boolean) => void;
  /** Shown here and at the others for four seconds. */
  react: (emoji: string) => void;
  /**
   * Of whom the camera, and the screen, is on screen here; what is not is not sent to this device. null, and before
   * anything is said: of all.
   */
  setSeen: (cameras: readonly string[] | null, screens?: readonly string[] | null) => void;
};

export type RingingCall = {
  call: Call;
  /** Milliseconds of the epoch by this device's clock. */
  ringsUntil: number;
};

/** As much of a call as a notification tells of it: not who is in it. */
export type KnownCall = Pick<Call, 'id' | 'chatId' | 'media' | 'phase'> &
  Partial<Pick<Call, 'participants' | 'invitations'>>;

/** Into the call of a room, which the first who comes begins. */
export type RoomWish = {
  chatId: string;
  media: CallMedia;
  isWithCamera: boolean;
  isWithMicrophone: boolean;
};

/** What could not be done; the screen says so and offers a way. With `CALL_FULL` comes how many fit (`limit`). */
export type CallRefusal = {
  failure: Failure;
  /** What was tried. */
  wish:
    | { kind: 'start'; chatId: string; media: CallMedia }
    | { kind: 'answer'; call: KnownCall }
    | ({ kind: 'enter' } & RoomWish);
};

export type CallsState = {
  /** Calls that ring here; not the one this device is in. */
  ringing: readonly RingingCall[];
  /** A call that another of one's own devices is in. */
  elsewhere: Call | null;
  /** The call at this device; stays after its end until it is dismissed or a next one begins. */
  session: CallSession | null;
  /** The call floats over the rest of the app. */
  isMinimised: boolean;
  refusal: CallRefusal | null;
};

/** Calls at this device, for screens. What fails stands in the state. */
export type Calls = {
  store: ReadonlyStore<CallsState>;
  /**
   * Rings at the others of a chat, or shows the call that goes on there at this device. `leavesOther`: first ends the one
   * that one is in, here or elsewhere.
   */
  start: (wish: { chatId: string; media: CallMedia; leavesOther?: boolean }) => Promise<void>;
  /**
   * Into the call of a room, or back to it; where another own device is in it, it goes on here. `leavesOther`: first
   * ends another call that one is in.
   */
  enterRoom: (wish: RoomWish & { leavesOther?: boolean }) => Promise<void>;
  /** Answers a call that rings; the one that one is in is left. */
  answer: (callId: string, options: { isWithCamera: boolean }) => Promise<void>;
  /** The same for a call of which only a notification has told: it is joined before anything else is asked. */
  answerKnown: (call: KnownCall, options: { isWithCamera: boolean }) => Promise<void>;
  decline: (callId: string) => Promise<void>;
  /** Takes over the call that another of one's own devices is in. */
  continueHere: () => Promise<void>;
  /** Devices for a preview, also without a call. */
  openMedia: () => Promise<LocalMedia>;
  setMinimised: (isMinimised: boolean) => void;
  /** Forgets a call that has ended, and what was refused. */
  dismiss: () => void;
};
