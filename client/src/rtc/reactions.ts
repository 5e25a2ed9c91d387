import type { Reaction } from './callSnapshot.ts';

const SHOWN_FOR_MS = 4_000;
/** Who taps on and on is shown with so many at once. */
const MOST_OF_ONE = 5;
const LONGEST = 16;

export type Reactions = {
  add: (participantId: string, emoji: string) => void;
  stop: () => void;
};

/** Emoji that people in a call show for a few seconds. */
export function createReactions(options: {
  /** Milliseconds of the epoch. */
  now: () => number;
  onChange: (reactions: readonly Reaction[]) => void;
}): Reactions {
  let shown: readonly Reaction[] = [];
  let count = 0;
  const timers = new Set<ReturnType<typeof setTimeout>>();

  function show(next: readonly Reaction[]): void {
    shown = next;
    options.onChange(shown);
  }

  return {
    add(participantId, emoji) {
      const ofOne = shown.filter((each) => each.participantId === participantId);
      if (!isEmoji(emoji) || ofOne.length >= MOST_OF_ONE) return;
      count += 1;
      const id = String(count);
      show([...shown, { id, participantId, emoji, at: options.now() }]);
      const timer = setTimeout(() => {
        timers.delete(timer);
        show(shown.filter((each) => each.id !== id));
      }, SHOWN_FOR_MS);
      timers.add(timer);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      if (shown.length > 0) show([]);
    },
  };
}

/** What comes from other devices may be anything. */
export function isEmoji(text: string): boolean {
  const isWhole = /^(\p{Extended_Pictographic}|\p{Emoji_Component})+$/u.test(text);
  return text.length <= LONGEST && isWhole && /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(text);
}
