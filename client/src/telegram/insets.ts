/** Pixels at each side that Telegram's own bars, or the phone's, cover. */
export type Insets = Readonly<Record<'top' | 'right' | 'bottom' | 'left', number>>;

export const NO_INSETS: Insets = { top: 0, right: 0, bottom: 0, left: 0 };

/**
 * The layout's variables: the phone's safe area and, inside it, what Telegram draws over the page. `height` is that of
 * the part that is seen where it is less than the page's own: a sheet that is not drawn up, a keyboard.
 */
export function insetVariables(
  safe: Insets,
  content: Insets,
  height: { seen: number; page: number } | null,
): Readonly<Record<string, string | null>> {
  const sum = (side: keyof Insets) => safe[side] + content[side];
  // Without a word of Telegram the browser's own insets hold.
  const px = (side: keyof Insets) => (sum(side) > 0 ? `${sum(side)}px` : null);
  return {
    '--ahoy-safe-top': px('top'),
    '--ahoy-safe-right': px('right'),
    '--ahoy-safe-bottom': px('bottom'),
    '--ahoy-safe-left': px('left'),
    '--ahoy-height': height && height.seen > 0 && height.seen < height.page ? `${height.seen}px` : null,
  };
}

/** Reads what a client told; what is no number counts as nothing. */
export function toInsets(told: unknown): Insets {
  const read = (side: keyof Insets) => {
    const value = typeof told === 'object' && told !== null ? (told as Partial<Insets>)[side] : 0;
    return typeof value === 'number' && value > 0 && value < 1_000 ? value : 0;
  };
  return { top: read('top'), right: read('right'), bottom: read('bottom'), left: read('left') };
}
