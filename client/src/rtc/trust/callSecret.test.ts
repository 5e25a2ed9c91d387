import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitTo, createCallSecret, isCommitment, readEmoji, readFingerprint } from './callSecret.ts';

const callId = '0197f0c2-0000-7000-8000-000000000001';
const ada = { fingerprint: fingerprintOf('ada'), nonce: 'A'.repeat(43) };
const bob = { fingerprint: fingerprintOf('bob'), nonce: 'B'.repeat(43) };

describe('the commitment', () => {
  it('is the SHA-256 of a label and the parts, each with its length', async () => {
    const expected = digest(['ahoy call commitment 1', callId, ada.fingerprint, ada.nonce]).toString(
      'base64url',
    );
    expect(await commitTo({ callId, ...ada })).toBe(expected);
    expect(expected).toBe('t7oNR7G-JPRWMVl7bhqdXmv7kKBc-MsCRR2lT-KjM7s');
  });

  it('holds for what it was made of and for nothing else', async () => {
    const commitment = await commitTo({ callId, ...ada });
    expect(await isCommitment(commitment, { callId, ...ada })).toBe(true);
    expect(await isCommitment(commitment, { callId, ...ada, nonce: bob.nonce })).toBe(false);
    expect(await isCommitment(commitment, { callId, ...ada, fingerprint: bob.fingerprint })).toBe(false);
    expect(await isCommitment(commitment, { callId: 'another', ...ada })).toBe(false);
  });

  it('is not for a nonce that could be guessed', async () => {
    const commitment = await commitTo({ callId, ...ada, nonce: 'short' });
    expect(await isCommitment(commitment, { callId, ...ada, nonce: 'short' })).toBe(false);
  });
});

it('every secret is another 32 bytes', () => {
  const nonces = Array.from({ length: 100 }, () => createCallSecret().nonce);
  expect(new Set(nonces).size).toBe(100);
  for (const nonce of nonces) expect(Buffer.from(nonce, 'base64url')).toHaveLength(32);
});

describe('the emoji', () => {
  it('are the first 24 bits of the hash, six each', async () => {
    const parts = ['ahoy call emoji 1', callId, ada.fingerprint, ada.nonce, bob.fingerprint, bob.nonce];
    expect(digest(parts).subarray(0, 3).toString('hex')).toBe('9976a6');
    expect(await readEmoji({ callId, offerer: ada, answerer: bob })).toEqual(['⭐', '🌽', '🧀', '⭐']);
  });

  it('are the same on both sides, and tell who offered', async () => {
    const onOneSide = await readEmoji({ callId, offerer: ada, answerer: bob });
    expect(await readEmoji({ callId, offerer: { ...ada }, answerer: { ...bob } })).toEqual(onOneSide);
    expect(await readEmoji({ callId, offerer: bob, answerer: ada })).not.toEqual(onOneSide);
  });

  it('change with any one bit of any part', async () => {
    const original = await readEmoji({ callId, offerer: ada, answerer: bob });
    const part = fc.constantFrom('callId', 'ada.fingerprint', 'ada.nonce', 'bob.fingerprint', 'bob.nonce');
    await fc.assert(
      // By chance alone four of 64 stay the same once in 16,777,216.
      fc.asyncProperty(part, fc.nat({ max: 35 }), fc.nat({ max: 6 }), async (name, at, bit) => {
        const changed = { callId, ada: { ...ada }, bob: { ...bob } };
        const [side, key] = name.split('.') as ['ada' | 'bob' | 'callId', 'fingerprint' | 'nonce'];
        if (side === 'callId') changed.callId = flip(callId, at, bit);
        else changed[side][key] = flip(changed[side][key], at, bit);
        const emoji = await readEmoji({ ...changed, offerer: changed.ada, answerer: changed.bob });
        expect(emoji).not.toEqual(original);
      }),
    );
  });

  it('change when a border between two parts moves', async () => {
    const moved = {
      fingerprint: ada.fingerprint.slice(0, -1),
      nonce: `${ada.fingerprint.slice(-1)}${ada.nonce}`,
    };
    expect(await readEmoji({ callId, offerer: moved, answerer: bob })).not.toEqual(
      await readEmoji({ callId, offerer: ada, answerer: bob }),
    );
  });

  it('all come, about as often as each other', async () => {
    const counts = new Map<string, number>();
    for (let index = 0; index < 2_000; index += 1) {
      for (const glyph of await readEmoji({ callId: `${index}`, offerer: ada, answerer: bob }))
        counts.set(glyph, (counts.get(glyph) ?? 0) + 1);
    }
    expect(counts.size).toBe(64);
    // 125 of each are to be expected, with a deviation of 11.
    expect(Math.min(...counts.values())).toBeGreaterThan(70);
    expect(Math.max(...counts.values())).toBeLessThan(190);
  });
});

describe('a fingerprint', () => {
  const line = `a=fingerprint:sha-256 ${ada.fingerprint.toLowerCase()}`;
  const media = 'm=audio 9 UDP/TLS/RTP/SAVPF 111';

  it('is found for the session or for each medium, in capitals', () => {
    expect(readFingerprint(sdp(line, media))).toBe(ada.fingerprint);
    expect(readFingerprint(sdp(media, line, media, line))).toBe(ada.fingerprint);
    expect(readFingerprint([line, media].join('\n'))).toBe(ada.fingerprint);
  });

  it('is none when it is missing, no fingerprint, or of another hash', () => {
    expect(readFingerprint('')).toBeNull();
    expect(readFingerprint(sdp(media))).toBeNull();
    expect(readFingerprint(sdp('a=fingerprint:sha-256 AB:CD'))).toBeNull();
    expect(readFingerprint(sdp(line.replace('sha-256', 'sha-1')))).toBeNull();
  });

  it('is none when there are two, however the second is written', () => {
    const other = `a=fingerprint:sha-256 ${bob.fingerprint}`;
    expect(readFingerprint(sdp(line, media, other))).toBeNull();
    expect(readFingerprint(sdp(line, other.replace('sha-256', 'sha-512')))).toBeNull();
    expect(readFingerprint(sdp(line, other.replace('a=', 'A=')))).toBeNull();
    expect(readFingerprint(sdp(line, other.replace(':sha', ': sha')))).toBeNull();
    expect(readFingerprint(sdp(line, ` ${other}`))).toBeNull();
  });
});

function sdp(...lines: string[]): string {
  return ['v=0', 's=-', ...lines, ''].join('\r\n');
}

function fingerprintOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex').toUpperCase();
  return (hex.match(/../g) ?? []).join(':');
}

/** The same bytes as the code under test makes, by another implementation. */
function digest(parts: readonly string[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(part));
    hash.update(length).update(part);
  }
  return hash.digest();
}

function flip(text: string, at: number, bit: number): string {
  const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit));
  return text.slice(0, at) + flipped + text.slice(at + 1);
}
