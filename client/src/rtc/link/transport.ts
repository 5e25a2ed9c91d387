import type { ReadonlyStore } from '../../readonlyStore.ts';
import type { RemoteMedia, RemoteSnapshot } from '../callSnapshot.ts';
import type { SlotTracks } from '../slots.ts';

/** Another device in the call. */
export type Peer = { participantId: string; userId: string };

export type IceSettings = {
  iceServers: RTCIceServer[];
  /** No address of ours is shown: everything goes through TURN. */
  isRelayOnly: boolean;
};

export type TransportState = {
  remotes: readonly RemoteSnapshot[];
  /** Own picture is off by itself: some link is too weak for it. */
  isPictureHeld: boolean;
};

/**
 * Carries media between this device and the others in a call: directly to each (mesh). A media server is one more
 * implementation.
 */
export type Transport = {
  store: ReadonlyStore<TransportState>;
  /** Who is in the call now, without this device. */
  setPeers: (peers: readonly Peer[]) => void;
  /** This device is new in the call: it makes the offers. */
  announce: () => void;
  hearSignal: (from: string, payload: string) => void;
  /** What is sent from now on; changing it needs no negotiation. */
  send: (tracks: SlotTracks, media: Omit<RemoteMedia, 'isPictureHeld'>) => void;
  setIce: (settings: IceSettings) => void;
  /** Signals get through again, or the network is another: whatever is not connected is tried anew. */
  recover: (why: 'line' | 'network') => void;
  setVolume: (participantId: string, volume: number) => void;
  /** Whose camera and screen are wanted here; null: everyone's. */
  setSeen: (cameras: readonly string[] | null, screens: readonly string[] | null) => void;
  /** Shows everyone an emoji. */
  react: (emoji: string) => void;
  /** Devices whose media arrives. */
  heard: () => string[];
  /** Another of one's own devices takes over: sends on until the others let go, a few seconds at most. */
  drain: () => Promise<void>;
  close: () => void;
};
