const segment = (marker: number, ...body: (Buffer | number)[]): Buffer => {
  const bytes = Buffer.concat(body.map((part) => (typeof part === 'number' ? Buffer.of(part) : part)));
  return Buffer.concat([Buffer.of(0xff, marker), word(bytes.length + 2), bytes]);
};

const word = (number: number) => Buffer.of(number >> 8, number & 0xff);

const START = Buffer.of(0xff, 0xd8);
const QUANTIZATION = segment(0xdb, 0, Buffer.alloc(64, 1));
/** One code of one bit, for the colour of the first block and for all that follows. */
const CODES = [0x00, 0x10].map((table) => segment(0xc4, table, 1, Buffer.alloc(15), 0));
const SCAN = Buffer.concat([segment(0xda, 1, 1, 0, 0, 63, 0), Buffer.of(0x2b)]);
const END = Buffer.of(0xff, 0xd9);

/** A frame header that says this size. */
export const jpegFrame = (width: number, height = width) =>
  segment(0xc0, 8, word(height), word(width), 1, 1, 0x11, 0);

type Wish = { width?: number; height?: number; note?: string; before?: readonly Buffer[] };

/** A grey JPEG that browsers show. `note` makes it another one; `before` stands before the frame's header. */
export function makeJpeg({ width = 8, height, note = '', before = [] }: Wish = {}): Buffer {
  const said = segment(0xfe, Buffer.from(note));
  const frame = jpegFrame(width, height);
  return Buffer.concat([START, said, ...before, QUANTIZATION, frame, ...CODES, SCAN, END]);
}

/** A comment of so many bytes altogether, to make a file as long as one likes. */
export const jpegComment = (bytes: number) => segment(0xfe, Buffer.alloc(bytes - 4, 0x20));
