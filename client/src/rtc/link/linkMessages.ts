import type { RemoteMedia } from '../callSnapshot.ts';
import { parsePeerReport } from '../quality/peerReport.ts';
import type { PictureKind } from '../quality/pictureLadder.ts';
import type { PeerReport } from '../quality/rateLink.ts';
import { isEmoji } from '../reactions.ts';

/** What devices tell each other over the link itself. */
export type LinkMessage = {
  media?: RemoteMedia;
  /** The nonce of who made the first offer. */
  reveal?: string;
  /** How it arrives there. */
  report?: PeerReport;
  /** Pictures that are looked at there. */
  wants?: Wants;
  /** An emoji of the moment. */
  reaction?: string;
};

export type Wants = Readonly<Record<PictureKind, boolean>>;

const LONGEST = 4_000;

/** Reads what the other device said; what is none of ours is left out. */
export function parseLinkMessage(data: unknown): LinkMessage {
  if (typeof data !== 'string' || data.length > LONGEST) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    return {};
  }
  if (typeof parsed !== 'object' || parsed === null) return {};
  const { media, reveal, report, wants, reaction } = parsed as Record<string, unknown>;
  const read = parsePeerReport(report);
  return {
    ...(isRecord(media) && { media: readMedia(media) }),
    ...(typeof reveal === 'string' && { reveal }),
    ...(read && { report: read }),
    ...(isRecord(wants) && { wants: { camera: wants.camera !== false, screen: wants.screen !== false } }),
    ...(typeof reaction === 'string' && isEmoji(reaction) && { reaction }),
  };
}

function readMedia(told: Record<string, unknown>): RemoteMedia {
  return {
    isMicrophoneOn: told.isMicrophoneOn === true,
    isCameraOn: told.isCameraOn === true,
    isScreenOn: told.isScreenOn === true,
    isInBackground: told.isInBackground === true,
    isPictureHeld: told.isPictureHeld === true,
    isHandRaised: told.isHandRaised === true,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
