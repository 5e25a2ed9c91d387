import type { LinkStats } from './linkStats.ts';

/** Who sends less than this part of what would fit is not held back by it. */
const PRESSED_SHARE = 0.7;

/**
 * Whether the estimate of what fits is what limits a sender. A still screen sends little, and then nobody learns what
 * would fit; and Chromium says `bandwidth` also of a picture that only its own `maxBitrate` limits.
 */
export function isPressed(
  side: Partial<Pick<LinkStats, 'limitation' | 'sentKbps' | 'availableKbps'>>,
): boolean {
  const { limitation, sentKbps = null, availableKbps = null } = side;
  if (sentKbps === null || availableKbps === null) return limitation === 'bandwidth';
  return sentKbps >= availableKbps * PRESSED_SHARE;
}
