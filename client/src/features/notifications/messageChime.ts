/** A burst sounds once. */
const PAUSE_MS = 2_000;
/** What comes just after the page is looked at was said before, and is caught up with. */
const SETTLING_MS = 3_000;

export type MessageChime = {
  /** So many messages are unread in chats that are not muted. */
  count: (unread: number) => void;
  /** Somebody begins, or stops, to look at the page. */
  look: (isLookedAt: boolean) => void;
};

export type MessageChimeOptions = {
  play: () => void;
  /** Whether messages are to be heard now. */
  isHeard: () => boolean;
  /** Milliseconds. */
  now: () => number;
};

/** Sounds when a message comes while the page is looked at; otherwise the notification is what is heard. */
export function createMessageChime({ play, isHeard, now }: MessageChimeOptions): MessageChime {
  let known: number | null = null;
  let lookedAtSince: number | null = null;
  let playedAt = Number.NEGATIVE_INFINITY;
  return {
    count(unread) {
      const isMore = known !== null && unread > known;
      known = unread;
      if (!isMore || lookedAtSince === null || now() - lookedAtSince < SETTLING_MS) return;
      if (now() - playedAt < PAUSE_MS || !isHeard()) return;
      playedAt = now();
      play();
    },
    look(isLookedAt) {
      lookedAtSince = isLookedAt ? now() : null;
    },
  };
}
