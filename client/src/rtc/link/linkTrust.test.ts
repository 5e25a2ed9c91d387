import { expect, it } from 'vitest';
import { createCallSecret } from '../trust/callSecret.ts';
import { createLinkTrust } from './linkTrust.ts';

const sdp = (byte: string) =>
  `v=0\r\na=fingerprint:sha-256 ${Array.from({ length: 32 }, () => byte).join(':')}\r\n`;

function pair() {
  const ignore = () => undefined;
  return { offerer: createLinkTrust('call', ignore), answerer: createLinkTrust('call', ignore) };
}

async function shake({ offerer, answerer }: ReturnType<typeof pair>): Promise<void> {
  answerer.hearOffer(await offerer.commit(sdp('AA')), sdp('AA'));
  offerer.hearAnswer(answerer.nonce, sdp('BB'));
  await answerer.hearReveal(offerer.reveal() ?? '', sdp('BB'));
}

it('both sides come to the same four emoji', async () => {
  const ends = pair();
  await shake(ends);
  expect(ends.answerer.emoji()).toHaveLength(4);
  await expect.poll(() => ends.offerer.emoji()).toEqual(ends.answerer.emoji());
});

it('an offer that is repeated changes nothing, another commitment after our nonce is out ends the trust', async () => {
  const ends = pair();
  const commitment = await ends.offerer.commit(sdp('AA'));
  ends.answerer.hearOffer(commitment, sdp('AA'));
  ends.answerer.hearOffer(commitment, sdp('AA'));
  await ends.answerer.hearReveal(ends.offerer.nonce, sdp('BB'));
  expect(ends.answerer.emoji()).toHaveLength(4);
  ends.answerer.hearOffer('another', sdp('AA'));
  expect(ends.answerer.emoji()).toBeNull();
});

it('there are none when the first offer is bound to nothing, or something else is revealed', async () => {
  const late = pair();
  late.answerer.hearOffer(undefined, sdp('AA'));
  late.answerer.hearOffer(await late.offerer.commit(sdp('AA')), sdp('AA'));
  await late.answerer.hearReveal(late.offerer.nonce, sdp('BB'));
  expect(late.answerer.emoji()).toBeNull();

  const chosen = pair();
  chosen.answerer.hearOffer(await chosen.offerer.commit(sdp('AA')), sdp('AA'));
  await chosen.answerer.hearReveal(createCallSecret().nonce, sdp('BB'));
  expect(chosen.answerer.emoji()).toBeNull();
});

it('a later description with another certificate ends the trust', async () => {
  const ends = pair();
  await shake(ends);
  ends.answerer.check(sdp('CC'));
  expect(ends.answerer.emoji()).toBeNull();
});
