import { expect, it } from 'vitest';
import { applyEncoding } from './applyEncoding.ts';

it('changes what differs, keeps the rest, and sets nothing twice', async () => {
  const sender = createSender({ active: true, maxBitrate: 500_000, scaleResolutionDownBy: 1 });
  const wanted = { maxKbps: 219.9996, scaleDownBy: 3, maxFramesPerSecond: 20 };
  expect(await applyEncoding(sender, wanted)).toBe(true);
  expect(sender.encodings).toEqual([
    { active: true, maxBitrate: 220_000, scaleResolutionDownBy: 3, maxFramerate: 20 },
  ]);
  expect(await applyEncoding(sender, wanted)).toBe(true);
  expect(sender.sets).toBe(1);
  expect(await applyEncoding(sender, { isActive: false })).toBe(true);
  expect(sender.encodings[0]).toMatchObject({ active: false, maxBitrate: 220_000 });
});

it('gives sound priority where the browser knows priorities', async () => {
  const knowing = createSender({ priority: 'low', networkPriority: 'low' });
  expect(await applyEncoding(knowing, { maxKbps: 40, priority: 'high' })).toBe(true);
  expect(knowing.encodings).toEqual([{ priority: 'high', networkPriority: 'high', maxBitrate: 40_000 }]);
  const other = createSender({ maxBitrate: 40_000 });
  expect(await applyEncoding(other, { maxKbps: 40, priority: 'high' })).toBe(true);
  expect(other.sets).toBe(0);
});

it('waits for a sender that has no encodings yet', async () => {
  const sender = createSender();
  expect(await applyEncoding(sender, { maxKbps: 40 })).toBe(false);
  expect(sender.sets).toBe(0);
});

it('is not thrown by a sender that stopped or is negotiated just now, but by a wrong value', async () => {
  for (const name of ['InvalidStateError', 'InvalidModificationError', 'OperationError']) {
    const sender = createSender({ active: true });
    sender.failure = new DOMException('no', name);
    expect(await applyEncoding(sender, { maxKbps: 40 })).toBe(false);
  }
  const sender = createSender({ active: true });
  sender.failure = new RangeError('scaleResolutionDownBy');
  await expect(applyEncoding(sender, { scaleDownBy: 0.5 })).rejects.toThrow(RangeError);
});

function createSender(...encodings: RTCRtpEncodingParameters[]) {
  const sender = {
    encodings,
    sets: 0,
    failure: null as Error | null,
    getParameters: (): RTCRtpSendParameters => ({
      encodings: structuredClone(sender.encodings),
      transactionId: `${sender.sets}`,
      codecs: [],
      headerExtensions: [],
      rtcp: {},
    }),
    setParameters: async (parameters: RTCRtpSendParameters): Promise<void> => {
      if (sender.failure) throw sender.failure;
      expect(parameters.transactionId).toBe(`${sender.sets}`);
      sender.sets += 1;
      sender.encodings = parameters.encodings;
    },
  };
  return sender;
}
