/** Four who come into one call again and again, in one browser. */
export type RoomSide = {
  /** All come at once; milliseconds from the first one's wish until each sees all others. */
  begin: () => Promise<number>;
  /** With all of them in it: one leaves and comes back; milliseconds from the wish until they see all others. */
  rejoin: () => Promise<number>;
  /** All leave. */
  end: () => Promise<void>;
  close: () => Promise<void>;
};

export const PEOPLE = 4;
/** What the picture of a small tile takes; the app's own wishes for sound are the browser's own, too. */
export const DEVICES = { video: { width: 320, height: 180, frameRate: 20 }, audio: {} };
