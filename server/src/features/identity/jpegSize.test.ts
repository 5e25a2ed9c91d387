import { expect, test } from 'vitest';
import { jpegComment, jpegFrame, makeJpeg } from '../../test/makeJpeg.ts';
import { readJpegSize } from './jpegSize.ts';

test('a JPEG says its size, whatever stands before that, and filled as the standard allows', () => {
  expect(readJpegSize(makeJpeg({ width: 640, height: 480 }))).toEqual({ width: 640, height: 480 });
  const exif = Buffer.concat([Buffer.of(0xff, 0xe1, 0x00, 0x08), Buffer.from('Exif\0\0')]);
  const before = [exif, Buffer.of(0xff, 0xff), jpegComment(300), Buffer.of(0xff, 0x01)];
  expect(readJpegSize(makeJpeg({ width: 65_535, height: 1, before }))).toEqual({ width: 65_535, height: 1 });
});

test('what is put there to be found by a search is passed over, as browsers do', () => {
  // A search that does not know of fill bytes takes FE FF for the length of a segment, and finds 8 x 8 at its end.
  const comment = jpegComment(65_000);
  const found = makeJpeg({ before: [Buffer.of(0xff), comment, jpegComment(65_000)] }).indexOf(comment);
  const evil = makeJpeg({ width: 12_000, before: [Buffer.of(0xff), comment, jpegComment(65_000)] });
  jpegFrame(8).copy(evil, found + 1 + evil.readUInt16BE(found + 1));
  expect(readJpegSize(evil)).toEqual({ width: 12_000, height: 12_000 });
});

test.each([
  ['nothing', Buffer.of()],
  ['two bytes', Buffer.of(0xff, 0xd8)],
  ['a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['two frames', makeJpeg({ before: [jpegFrame(8)] })],
  ['one image within another', makeJpeg({ before: [Buffer.of(0xff, 0xd8)] })],
  ['an end before the frame', makeJpeg({ before: [Buffer.of(0xff, 0xd9)] })],
  ['a gap between segments', makeJpeg({ before: [Buffer.of(0x20)] })],
  ['a segment shorter than its own length', makeJpeg({ before: [Buffer.of(0xff, 0xfe, 0x00, 0x01)] })],
])('%s is no JPEG whose size could be told', (_what, bytes) => {
  expect(readJpegSize(bytes)).toBeUndefined();
});

test('wherever a JPEG ends before its first scan, its size is not believed, and nothing is read beyond', () => {
  const whole = makeJpeg({ width: 100, before: [jpegComment(40)] });
  const scan = whole.lastIndexOf(Buffer.of(0xff, 0xda));
  for (let length = 0; length < scan; length += 1) {
    // In memory that goes on, as a pool's does.
    expect(readJpegSize(whole.subarray(0, length))).toBeUndefined();
  }
  expect(readJpegSize(whole.subarray(0, scan + 4))).toEqual({ width: 100, height: 100 });
});
