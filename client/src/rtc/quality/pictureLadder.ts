/** What sound may take at most; a call that has room for nothing else still has it. */
export const AUDIO_MAX_KBPS = 40;
/** Often music. */
export const SCREEN_SOUND_MAX_KBPS = 96;

export type PictureKind = 'camera' | 'screen';

export type PictureRung = Readonly<{ maxKbps: number; scaleDownBy: number; maxFramesPerSecond: number }>;

/** From the best to the least. A camera of 720 lines goes down to 180; a screen loses frames before it loses detail. */
export const PICTURE_LADDERS: Readonly<Record<PictureKind, readonly PictureRung[]>> = {
  camera: [
    { maxKbps: 1700, scaleDownBy: 1, maxFramesPerSecond: 30 },
    { maxKbps: 900, scaleDownBy: 1.5, maxFramesPerSecond: 30 },
    { maxKbps: 450, scaleDownBy: 2, maxFramesPerSecond: 24 },
    { maxKbps: 220, scaleDownBy: 3, maxFramesPerSecond: 20 },
    { maxKbps: 120, scaleDownBy: 4, maxFramesPerSecond: 15 },
  ],
  screen: [
    { maxKbps: 2500, scaleDownBy: 1, maxFramesPerSecond: 15 },
    { maxKbps: 1200, scaleDownBy: 1, maxFramesPerSecond: 10 },
    { maxKbps: 600, scaleDownBy: 1, maxFramesPerSecond: 5 },
    { maxKbps: 300, scaleDownBy: 1.5, maxFramesPerSecond: 3 },
    { maxKbps: 150, scaleDownBy: 2, maxFramesPerSecond: 2 },
  ],
};

/** Lines of the camera that the ladder's scales are about. */
const CAMERA_LINES = 720;

/** By how much a picture is made smaller: a camera of fewer lines has none to spare for what others would lose. */
export function scaleOf(
  kind: PictureKind,
  rung: PictureRung,
  size: { width?: number; height?: number },
): number {
  const { width = CAMERA_LINES, height = CAMERA_LINES } = size;
  if (kind === 'screen') return rung.scaleDownBy;
  return Math.max(1, (rung.scaleDownBy * Math.min(width, height, CAMERA_LINES)) / CAMERA_LINES);
}

/** What all copies of a picture may take together: each is encoded and sent for itself (mesh). */
const TOGETHER_KBPS: Readonly<Record<PictureKind, number>> = { camera: 2000, screen: 3600 };

/** The best rung of which `copies` may be sent at once. */
export function bestRung(kind: PictureKind, copies: number): number {
  const ladder = PICTURE_LADDERS[kind];
  const found = ladder.findIndex(({ maxKbps }) => maxKbps * copies <= TOGETHER_KBPS[kind]);
  return copies <= 1 ? 0 : found < 0 ? ladder.length - 1 : found;
}
