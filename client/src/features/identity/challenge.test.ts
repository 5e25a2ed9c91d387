import { beforeEach, describe, expect, it } from 'vitest';
import { dropChallenge, keepChallenge, type PendingChallenge, readChallenge } from './challenge.ts';

const challenge: PendingChallenge = {
  purpose: 'confirm',
  challengeId: '0192f0aa-0000-7000-8000-000000000001',
  secret: 'AAAAAAAAAAAAAAAAAAAAAA',
  email: 'anna@sandhamn.example',
  resendAt: 1_000,
};

describe('the challenge that this browser asked for', () => {
  let texts: Map<string, string>;
  let storage: Parameters<typeof dropChallenge>[0];

  beforeEach(() => {
    texts = new Map();
    storage = {
      getItem: (key) => texts.get(key) ?? null,
      setItem: (key, value) => void texts.set(key, value),
      removeItem: (key) => void texts.delete(key),
    };
  });

  it('is found again for its purpose only', () => {
    keepChallenge(storage, challenge);
    expect(readChallenge(storage, 'confirm')).toEqual(challenge);
    expect(readChallenge(storage, 'reset')).toBeNull();
  });

  it('is gone once dropped', () => {
    keepChallenge(storage, challenge);
    dropChallenge(storage);
    expect(readChallenge(storage, 'confirm')).toBeNull();
  });

  it('is ignored when what is stored makes no sense', () => {
    for (const text of ['{', 'null', '7', '{"purpose":"confirm"}']) {
      storage.setItem('ahoy-challenge', text);
      expect(readChallenge(storage, 'confirm'), text).toBeNull();
    }
  });
});
