import { expect, test } from 'vitest';
import { dropStrayFeedback } from './codecs.ts';

test('feedback of codecs that are not offered is left out, and all else stays', () => {
  const before = ['v=0', 'm=video 9 UDP/TLS/RTP/SAVPF 120 124', 'a=rtcp-fb:120 nack', 'a=rtcp-fb:* ccm fir'];
  const after = [
    'a=rtpmap:120 VP8/90000',
    'm=audio 9 UDP/TLS/RTP/SAVPF 109',
    'a=rtcp-fb:109 transport-cc',
    '',
  ];
  const offer = [...before, 'a=rtcp-fb:99 nack', ...after, 'a=rtcp-fb:120 nack'].join('\r\n');
  expect(dropStrayFeedback(offer)).toBe([...before, ...after].join('\r\n'));
});
