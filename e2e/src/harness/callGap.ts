import { mediaOf, type ProbedPage } from './callProbe.ts';

const LOOK_EACH_MS = 100;

/**
 * The longest time (ms) that no camera's frame was decoded in the page, over whichever connection, from the start of the
 * act until so long after its end.
 */
export async function longestGapDuring(
  page: ProbedPage,
  act: () => Promise<void>,
  afterwardsMs: number,
): Promise<number> {
  const frames = new Map<number, number>();
  let grewAt: number | null = null;
  let longest = 0;
  let isOver = false;
  const watch = async () => {
    while (!isOver) {
      const { at, peers } = await mediaOf(page);
      let hasGrown = false;
      for (const { id, inbound } of peers) {
        const count = inbound.camera?.frames ?? 0;
        hasGrown ||= count > (frames.get(id) ?? 0);
        frames.set(id, count);
      }
      // By looks that saw nothing new: a page that is slow to answer has no hole.
      if (hasGrown || grewAt === null) grewAt = at;
      else longest = Math.max(longest, at - grewAt);
      await wait(LOOK_EACH_MS);
    }
  };
  const watched = watch();
  try {
    await act();
    await wait(afterwardsMs);
  } finally {
    isOver = true;
    await watched;
  }
  return Math.round(longest);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
