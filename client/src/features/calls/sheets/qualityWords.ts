import type { CallQuality } from '@ahoy/shared/protocol/calls.ts';
import type { LinkQuality } from '../../../rtc/quality/linkQuality.ts';

type Side = 'Me' | 'Them' | 'Both';
type Cause = 'Loss' | 'Delay' | 'Bandwidth' | 'Computer';

/** Keys of texts that take `name`, the other side's. */
export type QualityKey =
  | 'callSheets.qualityUnknown'
  | 'callSheets.qualityGood'
  | 'callSheets.qualityFair'
  | 'callSheets.qualityWeak'
  | 'callSheets.qualitySilence'
  | `callSheets.quality${Cause}${Side}`;

export type HelpKey = 'callSheets.helpSilence' | `callSheets.help${Cause}${'Here' | 'There'}`;

const SIDES = { me: 'Me', them: 'Them', both: 'Both' } as const;
const CAUSES = { loss: 'Loss', delay: 'Delay', bandwidth: 'Bandwidth', computer: 'Computer' } as const;
/** From here on nobody suffers. */
const GOOD_BARS = 4;

/** Whose side suffers and why, and what helps; nothing helps where nothing ails. */
export function qualityWords(quality: LinkQuality | null): { text: QualityKey; help: HelpKey | null } {
  if (!quality) return { text: 'callSheets.qualityUnknown', help: null };
  const { bars, sufferer, cause } = quality;
  if (bars === 0 || cause === 'silence') {
    return { text: 'callSheets.qualitySilence', help: 'callSheets.helpSilence' };
  }
  if (bars >= GOOD_BARS) return { text: 'callSheets.qualityGood', help: null };
  if (!sufferer || !cause) {
    return { text: bars === GOOD_BARS - 1 ? 'callSheets.qualityFair' : 'callSheets.qualityWeak', help: null };
  }
  const side = sufferer === 'them' ? 'There' : 'Here';
  return {
    text: `callSheets.quality${CAUSES[cause]}${SIDES[sufferer]}`,
    help: `callSheets.help${CAUSES[cause]}${side}`,
  };
}

export type Verdict = 'good' | 'fair' | 'weak' | 'unknown';

/** Shares of lost packets and delays from which people notice, and from which they complain (ITU-T G.114 for delay). */
const NOTICED = { loss: 0.015, roundTripMs: 300, restarts: 1 };
const BAD = { loss: 0.05, roundTripMs: 600, restarts: 4 };

/** How a call that is over went, in one word. */
export function verdictOf({ lossShare, roundTripMs, restarts }: CallQuality): Verdict {
  if (lossShare === null && roundTripMs === null) return 'unknown';
  const isBeyond = (bound: typeof BAD) =>
    (lossShare ?? 0) >= bound.loss || (roundTripMs ?? 0) >= bound.roundTripMs || restarts >= bound.restarts;
  if (isBeyond(BAD)) return 'weak';
  return isBeyond(NOTICED) ? 'fair' : 'good';
}
