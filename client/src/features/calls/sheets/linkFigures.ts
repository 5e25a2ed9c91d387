import type { TFunction } from 'i18next';
import type { LinkStats } from '../../../rtc/quality/linkStats.ts';

export type Figure = {
  label: `callSheets.${'roundTrip' | 'lossIn' | 'lossOut' | 'jitter' | 'received' | 'sent' | 'picture' | 'way'}`;
  /** null: not known. */
  value: string | null;
};

const KBPS_PER_MBPS = 1000;

/** What was measured of a link, each with its unit, in the language of `numbers`. */
export function linkFigures(t: TFunction, numbers: Intl.NumberFormat, stats: LinkStats): Figure[] {
  const ms = (value: number) => t('callSheets.ms', { value: numbers.format(Math.round(value)) });
  const share = (value: number) => t('callSheets.percent', { value: shareText(numbers, value) });
  const rate = (value: number) => rateText(t, numbers, value);
  const picture = sizeText(t, stats);
  return [
    { label: 'callSheets.roundTrip', value: known(stats.roundTripMs, ms) },
    { label: 'callSheets.lossIn', value: known(stats.lossShare, share) },
    { label: 'callSheets.lossOut', value: known(stats.sentLossShare, share) },
    { label: 'callSheets.jitter', value: known(stats.jitterMs, ms) },
    { label: 'callSheets.received', value: known(stats.receivedKbps, rate) },
    { label: 'callSheets.sent', value: known(stats.sentKbps, rate) },
    // A call without pictures has no size of them.
    ...(picture === null ? [] : [{ label: 'callSheets.picture', value: picture } as const]),
    { label: 'callSheets.way', value: wayText(t, stats) },
  ];
}

/** A share of 0 to 1 in percent, to a tenth. */
export function shareText(numbers: Intl.NumberFormat, share: number): string {
  return numbers.format(Math.round(share * 1000) / 10);
}

/** Width and height; the rate where it is known. */
export function sizeText(
  t: TFunction,
  size: Pick<LinkStats, 'frameWidth' | 'frameHeight' | 'framesPerSecond'>,
): string | null {
  const [width, height] = [size.frameWidth, size.frameHeight];
  if (!width || !height) return null;
  if (size.framesPerSecond === null) return t('callSheets.size', { width, height });
  return t('callSheets.sizeAndRate', { width, height, rate: Math.round(size.framesPerSecond) });
}

function wayText(t: TFunction, { isRelayed, protocol }: LinkStats): string | null {
  if (isRelayed === null) return null;
  const way = isRelayed ? t('callSheets.relayed') : t('callSheets.direct');
  return protocol ? t('callSheets.wayWithProtocol', { way, protocol: protocol.toUpperCase() }) : way;
}

function rateText(t: TFunction, numbers: Intl.NumberFormat, kbps: number): string {
  return kbps < KBPS_PER_MBPS
    ? t('callSheets.kbps', { value: numbers.format(Math.round(kbps)) })
    : t('callSheets.mbps', { value: numbers.format(Math.round(kbps / 100) / 10) });
}

function known(value: number | null, say: (value: number) => string): string | null {
  return value === null ? null : say(value);
}
