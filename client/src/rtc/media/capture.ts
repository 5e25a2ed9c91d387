import type { MediaProblem } from './localMedia.ts';
import { toMediaProblem } from './mediaProblem.ts';

/** A microphone or a camera: wanted or not, and which one. What comes late, after the wish has changed, is stopped. */
export type Capture<Choice> = {
  read: () => {
    track: MediaStreamTrack | null;
    /** Why there is no track although it was wanted. */
    problem: MediaProblem | null;
    /** It ended by itself (unplugged, taken by the system), and another try may bring it back. */
    isLost: boolean;
  };
  isAsking: () => boolean;
  /** Neither has a track nor is asking for one. */
  isIdle: () => boolean;
  /**
   * Wants it from now on. A `grant` is a track that is asked for already; null in it: ask yourself. Resolves when it is
   * there or there is a problem.
   */
  hold: (grant?: Promise<MediaStreamTrack | null>) => Promise<void>;
  /** Another one: the old goes on until the new one is there, where both can be open at once. */
  choose: (choice: Choice) => Promise<void>;
  /** Wants it no longer: stops it at once. */
  release: () => void;
  /** Tries anew for what was lost, when the page is looked at. */
  retryLost: () => Promise<void>;
  /** Exchanges a track that the system keeps silent; it stays where no other is to be had. */
  renewMuted: () => Promise<void>;
  /** One is plugged in again, so it may be asked for. */
  forgetMissing: () => void;
};

type CaptureOptions<Choice> = {
  choice: Choice;
  take: (choice: Choice) => Promise<MediaStreamTrack>;
  /** Before anyone else sees the track. */
  prepare: (track: MediaStreamTrack) => void;
  /** A lost one is asked for again only while the page is looked at: phones give none in the background. */
  isVisible: () => boolean;
  /** What was lost may come back whenever it can be had; otherwise one try is enough. */
  keepsTrying: boolean;
  onChange: () => void;
};

/** One that ends so often by itself is broken; asking on and on would not mend it. */
const MOST_LOSSES = 5;

type Attempt = { track: MediaStreamTrack } | { problem: MediaProblem } | 'askYourself';

/** Asks one at a time and looks afterwards what is wished by now, so that the last wish holds. */
export function createCapture<Choice>(options: CaptureOptions<Choice>): Capture<Choice> {
  let isWanted = false;
  let choice = options.choice;
  let held: { track: MediaStreamTrack; choice: Choice; unfollow: () => void } | null = null;
  let problem: MediaProblem | null = null;
  let isLost = false;
  /** Since the person, the page or the plugs last did something. */
  let losses = 0;
  let grant: Promise<MediaStreamTrack | null> | null = null;
  let running: Promise<void> | null = null;

  function isSettled(): boolean {
    return !isWanted || (held !== null && held.choice === choice);
  }

  function settle(): Promise<void> {
    if (isSettled()) return Promise.resolve();
    running ??= run();
    return running;
  }

  async function run(): Promise<void> {
    /** What worked until now: back to it when the new one cannot be had. */
    let former: { choice: Choice } | null = null;
    while (!isSettled()) {
      const wish = choice;
      const attempt = await ask(wish);
      if (attempt === 'askYourself') continue;
      if (!isWanted || wish !== choice) {
        if ('track' in attempt) attempt.track.stop();
        continue;
      }
      if ('track' in attempt) {
        take(attempt.track, wish);
        continue;
      }
      if (held !== null) former = { choice: held.choice };
      if (held !== null && attempt.problem === 'busy') {
        // Some phones cannot have two of them open at once: once more with the old one stopped.
        drop();
      } else if (former !== null && former.choice !== wish) {
        choice = former.choice;
      } else {
        giveUp(attempt.problem);
      }
    }
    running = null;
    options.onChange();
  }

  async function ask(wish: Choice): Promise<Attempt> {
    const granted = grant;
    grant = null;
    try {
      const track = granted === null ? await options.take(wish) : await granted;
      if (track === null) return 'askYourself';
      return track.readyState === 'ended' ? { problem: 'busy' } : { track };
    } catch (error) {
      return { problem: toMediaProblem(error) };
    }
  }

  function take(track: MediaStreamTrack, forChoice: Choice): void {
    drop();
    options.prepare(track);
    const following = new AbortController();
    const { signal } = following;
    track.addEventListener('ended', () => lose(track), { signal });
    track.addEventListener('mute', options.onChange, { signal });
    track.addEventListener('unmute', options.onChange, { signal });
    held = { track, choice: forChoice, unfollow: () => following.abort() };
    problem = null;
    isLost = false;
  }

  function giveUp(because: MediaProblem): void {
    isWanted = false;
    problem = because;
    isLost &&= options.keepsTrying && because !== 'denied';
  }

  function drop(): void {
    held?.unfollow();
    held?.track.stop();
    held = null;
  }

  function lose(track: MediaStreamTrack): void {
    if (held?.track !== track) return;
    drop();
    isLost = true;
    losses += 1;
    if (losses > MOST_LOSSES) giveUp('failed');
    else if (options.isVisible()) void settle();
    options.onChange();
  }

  function want(): Promise<void> {
    isWanted = true;
    problem = null;
    losses = 0;
    return settle();
  }

  function isIdle(): boolean {
    return held === null && running === null;
  }

  return {
    read: () => ({ track: held?.track ?? null, problem, isLost }),
    isAsking: () => running !== null,
    isIdle,
    hold(given) {
      if (given !== undefined && isIdle()) grant = given;
      else void given?.then((track) => track?.stop());
      return want();
    },
    choose(next) {
      choice = next;
      losses = 0;
      return settle();
    },
    release() {
      isWanted = false;
      isLost = false;
      problem = null;
      drop();
      options.onChange();
    },
    retryLost: () => (isLost && options.isVisible() ? want() : Promise.resolve()),
    async renewMuted() {
      const silent = held;
      if (silent === null || running !== null || !silent.track.muted) return;
      const attempt = await ask(silent.choice);
      if (attempt === 'askYourself' || 'problem' in attempt) return;
      if (isWanted && running === null && held === silent && silent.track.muted) {
        take(attempt.track, silent.choice);
        options.onChange();
      } else {
        attempt.track.stop();
      }
    },
    forgetMissing() {
      if (problem === 'missing') problem = null;
    },
  };
}
