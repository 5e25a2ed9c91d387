const BEST_QUALITY = 0.86;
const WORST_QUALITY = 0.3;
const STEP = 0.08;

/** The best of a picture that is not larger than that, or else the smallest. `encode` gives base64. */
export function encodeWithin(encode: (quality: number) => string, maxBytes: number): string {
  for (let quality = BEST_QUALITY; ; quality -= STEP) {
    const base64 = encode(quality);
    if (bytesOf(base64) <= maxBytes || quality - STEP < WORST_QUALITY) return base64;
  }
}

function bytesOf(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}
