import type { CallQuality } from '@ahoy/shared/protocol/calls.ts';
import { describe, expect, it } from 'vitest';
import { en } from '../../../i18n/en.ts';
import type { LinkQuality } from '../../../rtc/quality/linkQuality.ts';
import type { LinkStats } from '../../../rtc/quality/linkStats.ts';
import { qualityWords, verdictOf } from './qualityWords.ts';

const STATS: LinkStats = {
  ...{ roundTripMs: null, jitterMs: null, lossShare: null, sentLossShare: null, receivedKbps: null },
  ...{ sentKbps: null, availableKbps: null, frameWidth: null, frameHeight: null, framesPerSecond: null },
  ...{ limitation: null, isRelayed: null, protocol: null, hasArrived: true },
};
const CALL: CallQuality = {
  ...{ roundTripMs: 60, jitterMs: 5, lossShare: 0.001, receivedKbps: 900, sentKbps: 900 },
  ...{ frameWidth: 1280, frameHeight: 720, framesPerSecond: 30, isRelayed: false, restarts: 0, seconds: 90 },
};

function say(quality: Pick<LinkQuality, 'bars' | 'sufferer' | 'cause'>) {
  return qualityWords({ ...quality, stats: STATS });
}

describe('the words for a link', () => {
  it('are there for every side and every cause', () => {
    for (const sufferer of ['me', 'them', 'both', null] as const) {
      for (const cause of ['loss', 'delay', 'bandwidth', 'computer', 'silence', null] as const) {
        for (const bars of [0, 1, 2, 3, 4] as const) {
          const { text, help } = say({ bars, sufferer, cause });
          for (const key of [text, help]) {
            if (key) expect(en.callSheets).toHaveProperty(key.replace('callSheets.', ''));
          }
        }
      }
    }
  });

  it('name one’s own network and what helps here, or the other’s and what helps there', () => {
    expect(say({ bars: 1, sufferer: 'me', cause: 'loss' })).toEqual({
      text: 'callSheets.qualityLossMe',
      help: 'callSheets.helpLossHere',
    });
    expect(say({ bars: 2, sufferer: 'them', cause: 'computer' })).toEqual({
      text: 'callSheets.qualityComputerThem',
      help: 'callSheets.helpComputerThere',
    });
  });

  it('blame nobody while all is well, or when it is not known', () => {
    expect(say({ bars: 4, sufferer: 'me', cause: 'loss' }).text).toBe('callSheets.qualityGood');
    expect(say({ bars: 2, sufferer: null, cause: 'loss' }).text).toBe('callSheets.qualityWeak');
    expect(qualityWords(null).text).toBe('callSheets.qualityUnknown');
  });

  it('say that nothing arrives, whoever is to blame', () => {
    expect(say({ bars: 0, sufferer: 'them', cause: 'loss' }).text).toBe('callSheets.qualitySilence');
  });
});

describe('the word for a call that is over', () => {
  it('follows what people notice', () => {
    expect(verdictOf(CALL)).toBe('good');
    expect(verdictOf({ ...CALL, lossShare: 0.02 })).toBe('fair');
    expect(verdictOf({ ...CALL, restarts: 1 })).toBe('fair');
    expect(verdictOf({ ...CALL, roundTripMs: 900 })).toBe('weak');
    expect(verdictOf({ ...CALL, roundTripMs: null, lossShare: null })).toBe('unknown');
  });
});
