/** Begins an image, and no segment within one. */
const SOI = 0xd8;
const SOS = 0xda;
const EOI = 0xd9;
/** Frame headers are C0 to CF, but for tables of codes, an extension, and conditions of arithmetic coding. */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker);
/** TEM and RST0 to RST7 stand alone, without a segment. */
const isAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/**
 * What a JPEG's one frame header says of its size (ITU T.81, B.1 and B.2); undefined for what is none. It goes from
 * segment to segment up to the first scan and takes nothing that decoders could read in another way: a search for
 * something like a header would find the size that was put there for it, while browsers decode another.
 */
export function readJpegSize(bytes: Buffer): { width: number; height: number } | undefined {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== SOI) return undefined;
  let size: { width: number; height: number } | undefined;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    // Any number of FF may fill the space before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isAlone(marker)) {
      at += 2;
      continue;
    }
    if (marker === SOS) return size;
    const length = bytes.readUInt16BE(at + 2);
    if (marker === 0 || marker === SOI || marker === EOI || length < 2) return undefined;
    if (isFrame(marker)) {
      if (size || length < 8 || at + 9 > bytes.length) return undefined;
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    at += 2 + length;
  }
  return undefined;
}
