import type { MediaProblem } from './localMedia.ts';

/** What a refused `getUserMedia` means (W3C Media Capture and Streams, 10.2; the older names are Chromium's). */
export function toMediaProblem(error: unknown): MediaProblem {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    case 'NotSupportedError':
    case 'TypeError':
      return 'unsupported';
    default:
      return 'failed';
  }
}

/**
 * As above for `getDisplayMedia`, where one who closes the picker is refused by the same name as one whom the system
 * forbids it: only Chromium's words tell them apart.
 */
export function toScreenProblem(error: unknown): MediaProblem | null {
  const problem = toMediaProblem(error);
  const isBySystem = error instanceof Error && /system/i.test(error.message);
  return problem === 'denied' && !isBySystem ? null : problem;
}
