import type { Capture } from './capture.ts';

/**
 * A capture that is let go of without being closed: its track stays, disabled, and is there at once when it is wanted
 * again. Close what stands behind it to stop it.
 */
export function pausable<Choice>(capture: Capture<Choice>, onChange: () => void): Capture<Choice> {
  let isPaused = false;
  const nothing = { track: null, problem: null, isLost: false };

  function setPaused(next: boolean): void {
    isPaused = next;
    const { track } = capture.read();
    if (track) track.enabled = !next;
  }

  return {
    ...capture,
    read: () => (isPaused ? nothing : capture.read()),
    async hold(grant) {
      const isHeld = capture.read().track !== null;
      setPaused(false);
      if (isHeld) onChange();
      await capture.hold(grant);
      setPaused(isPaused);
    },
    async choose(choice) {
      await capture.choose(choice);
      setPaused(isPaused);
    },
    release() {
      if (capture.read().track === null) return capture.release();
      setPaused(true);
      onChange();
    },
    retryLost: () => (isPaused ? Promise.resolve() : capture.retryLost()),
  };
}
