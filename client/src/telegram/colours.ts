/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Text that is read needs this much (WCAG 2.2, 1.4.3). */
export const READABLE = 4.5;
const STEPS = 20;

export function toRgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

export function toHex(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** `share` 0: the first, 1: the second. */
export function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const part = (at: 0 | 1 | 2) => Math.round(one[at] + (other[at] - one[at]) * share);
  return [part(0), part(1), part(2)];
}

/** 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export const WHITE: Rgb = [255, 255, 255];
export const BLACK: Rgb = [0, 0, 0];

/** Whether light text is read better on it than dark text. */
export function isDark(rgb: Rgb): boolean {
  return contrast(rgb, WHITE) > contrast(rgb, BLACK);
}

export function isReadable(text: Rgb, grounds: readonly Rgb[], least = READABLE): boolean {
  return grounds.every((ground) => contrast(text, ground) >= least);
}

/** The colour, moved towards the other as little as it takes to be read on all these grounds. */
export function readableOn(colour: Rgb, towards: Rgb, grounds: readonly Rgb[], least = READABLE): Rgb {
  for (let step = 0; step < STEPS; step += 1) {
    const moved = mix(colour, towards, step / STEPS);
    if (isReadable(moved, grounds, least)) return moved;
  }
  return towards;
}
