/** Which part of a chat is read from the copy, and where it is looked at. */
export type Frame = {
  /** Grows with each jump. */
  epoch: number;
  fromSeq: number;
  /** Infinity: follows the newest message. */
  toSeq: number;
  /** Lines around this one are shown; Infinity: around the end. */
  anchor: number;
  /** Where the history opens; null: at the end. */
  target: number | null;
  unreadSeq: number | null;
  unreadCount: number;
  /** Not known yet where unread messages begin. */
  isOpening: boolean;
};

const STEP = 60;
const AROUND = 40;
/** So close to the end, the end itself is read as well. */
const NEAR_END = 200;
const END = Number.POSITIVE_INFINITY;

/** At this seq, or at the end. */
export function openingFrame(lastSeq: number, openAt: number | null = null): Frame {
  const frame = {
    epoch: 0,
    fromSeq: Math.max(1, lastSeq - STEP + 1),
    toSeq: END,
    anchor: END,
    target: null,
    unreadSeq: null,
    unreadCount: 0,
    isOpening: true,
  };
  if (openAt === null) return frame;
  return { ...frameAround(frame, openAt, lastSeq), epoch: 0, isOpening: true };
}

export function extendUp(frame: Frame): Frame {
  return frame.fromSeq <= 1 ? frame : { ...frame, fromSeq: Math.max(1, frame.fromSeq - STEP) };
}

export function extendDown(frame: Frame, lastSeq: number): Frame {
  if (frame.toSeq === END) return frame;
  const toSeq = frame.toSeq + STEP;
  return { ...frame, toSeq: toSeq >= lastSeq ? END : toSeq };
}

/** A jump; the history is drawn anew with this line on the screen. */
export function frameAround(frame: Frame, seq: number, lastSeq: number): Frame {
  return {
    ...frame,
    epoch: frame.epoch + 1,
    fromSeq: Math.max(1, seq - AROUND),
    toSeq: lastSeq - seq <= NEAR_END ? END : seq + AROUND,
    anchor: seq,
    target: seq,
    isOpening: false,
  };
}

export function frameAtEnd(frame: Frame, lastSeq: number): Frame {
  return {
    ...openingFrame(lastSeq),
    epoch: frame.epoch + 1,
    unreadSeq: frame.unreadSeq,
    unreadCount: frame.unreadCount,
    isOpening: false,
  };
}
