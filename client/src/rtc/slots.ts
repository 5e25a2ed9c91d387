/** What a device may send to another, in the order of the m-lines. Each is there from the start, mostly silent. */
export const SLOTS = ['microphone', 'camera', 'screen', 'screenSound'] as const;
export type Slot = (typeof SLOTS)[number];

export const KIND_OF: Readonly<Record<Slot, 'audio' | 'video'>> = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
  screenSound: 'audio',
};

export type SlotTracks = Readonly<Record<Slot, MediaStreamTrack | null>>;

export const NO_TRACKS: SlotTracks = { microphone: null, camera: null, screen: null, screenSound: null };
