import { type PictureState, startPicture, stepPicture } from '../quality/adaptPicture.ts';
import { applyEncoding } from '../quality/applyEncoding.ts';
import type { LinkQuality } from '../quality/linkQuality.ts';
import type { LinkStats } from '../quality/linkStats.ts';
import { toPeerReport } from '../quality/peerReport.ts';
import {
  AUDIO_MAX_KBPS,
  type PictureKind,
  SCREEN_SOUND_MAX_KBPS,
  scaleOf,
} from '../quality/pictureLadder.ts';
import { rateLink } from '../quality/rateLink.ts';
import { createLinkStatsReader } from '../quality/readLinkStats.ts';
import { createLevelReader } from '../quality/speaking.ts';
import type { QualitySummary } from '../quality/summarizeQuality.ts';
import { watchVoice } from '../quality/watchVoice.ts';
import type { PeerLink } from './peerLink.ts';

const READ_EVERY_MS = 2_000;

export type LinkMonitor = {
  quality: () => LinkQuality | null;
  isSpeaking: () => boolean;
  /** Pictures that are not sent until the link is better. */
  held: () => Readonly<Record<PictureKind, boolean>>;
  /** Whether media came in the last interval. */
  hasArrived: () => boolean;
  /** Limits pictures that go to several from their first frame on. */
  begin: (isOn: Readonly<Record<PictureKind, boolean>>) => void;
  stop: () => void;
};

/** Watches one link: how good it is, who speaks, and how much picture it bears. */
export function createLinkMonitor(options: {
  link: PeerLink;
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
  summary: QualitySummary;
  onChange: () => void;
  /** The best that may be sent, with so many others who are sent the same. */
  bestRung: (kind: PictureKind) => number;
}): LinkMonitor {
  const { link, now, onChange } = options;
  const reader = createLinkStatsReader(() => link.connection.getStats(), now);
  let quality: LinkQuality | null = null;
  let stats: LinkStats | null = null;
  let readLevel: (() => number) | null = null;
  const pictures: { camera: PictureState | null; screen: PictureState | null } = {
    camera: null,
    screen: null,
  };
  let readAt = now();
  let isStopped = false;
  const timer = setInterval(() => void look(), READ_EVERY_MS);
  const voice = watchVoice({ readLevel: listen, onChange });

  async function look(): Promise<void> {
    const isConnected = link.state().connection === 'connected';
    const read = await reader.read().catch(() => null);
    if (!read || isStopped) return;
    const at = now();
    stats = read;
    if (isConnected) options.summary.add(read, (at - readAt) / 1000);
    readAt = at;
    quality = isConnected ? rateLink(read, link.state().report) : null;
    link.tell({ report: toPeerReport(read) });
    if (isConnected) await adapt(read, at);
    onChange();
  }

  /** What is on is limited; a picture that is off begins anew when it comes back. */
  async function adapt(read: LinkStats, at: number): Promise<void> {
    for (const kind of ['camera', 'screen'] as const) {
      const state = pictures[kind];
      const isOn = link.slots.senderOf(kind)?.track != null || (state?.isHeld ?? false);
      const best = options.bestRung(kind);
      pictures[kind] = isOn ? stepPicture(state ?? startPicture(kind, at, best), read, at, best) : null;
    }
    // What the browser does not take now is asked for again with the next reading.
    await Promise.all([
      ...(['camera', 'screen'] as const).map(limit),
      ...(['microphone', 'screenSound'] as const).map(async (slot) => {
        const sender = link.slots.senderOf(slot);
        const maxKbps = slot === 'microphone' ? AUDIO_MAX_KBPS : SCREEN_SOUND_MAX_KBPS;
        if (sender) await applyEncoding(sender, { maxKbps, priority: 'high' });
      }),
    ]);
  }

  async function limit(kind: PictureKind): Promise<void> {
    const [sender, state] = [link.slots.senderOf(kind), pictures[kind]];
    if (!sender || !state) return;
    const { maxKbps, maxFramesPerSecond } = state;
    const scaleDownBy = scaleOf(kind, state, sender.track?.getSettings() ?? {});
    await applyEncoding(sender, { maxKbps, scaleDownBy, maxFramesPerSecond });
  }

  function listen(): number {
    const receiver = link.slots.receiverOf('microphone');
    if (!receiver) return 0;
    readLevel ??= createLevelReader(receiver);
    return readLevel();
  }

  return {
    quality: () => quality,
    isSpeaking: voice.isSpeaking,
    held: () => ({ camera: pictures.camera?.isHeld ?? false, screen: pictures.screen?.isHeld ?? false }),
    hasArrived: () => stats?.hasArrived ?? link.state().connection === 'connected',
    begin(isOn) {
      for (const kind of ['camera', 'screen'] as const) {
        const best = options.bestRung(kind);
        if (!isOn[kind] || best === 0 || pictures[kind] || !link.slots.senderOf(kind)) continue;
        pictures[kind] = startPicture(kind, now(), best);
        void limit(kind);
      }
    },
    stop() {
      isStopped = true;
      clearInterval(timer);
      voice.stop();
    },
  };
}
