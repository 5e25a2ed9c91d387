import { type Action, act } from './actions.ts';
import { checkAtRest, settle } from './atRest.ts';
import { watch } from './watch.ts';
import { type CopyKind, createWorld, endWorld } from './world.ts';

/** Plays one history from its beginning to rest; rejects with a `Violation` where a property does not hold. */
export async function play(actions: readonly Action[], seed: number, copyKind: CopyKind): Promise<void> {
  const world = await createWorld(seed, copyKind);
  try {
    for (const action of actions) {
      await act(world, action);
      await watch(world);
    }
    await settle(world);
    await checkAtRest(world);
  } finally {
    endWorld(world);
  }
}
