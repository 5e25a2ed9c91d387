import { type ComponentType, lazy, useState } from 'react';

/** A component of another chunk. */
export type LazyScreen<P extends object> = ComponentType<P> & {
  /** Loads it now; never rejects, since whoever draws it tries again, and tells. */
  load: () => Promise<void>;
};

/**
 * A screen that is loaded when it is first drawn, or before, by `load`. What is there already is drawn at once: React.lazy
 * shows the fallback all the same, and React keeps a fallback for 300 ms.
 */
export function lazyScreen<P extends object>(importScreen: () => Promise<ComponentType<P>>): LazyScreen<P> {
  let loaded: ComponentType<P> | undefined;
  async function load(): Promise<{ default: ComponentType<P> }> {
    loaded = await importScreen();
    return { default: loaded };
  }
  const Later = lazy(load);
  // biome-ignore lint/correctness/noComponentHookFactories: called once per screen, when its module is read
  function Screen(props: P) {
    // The same one as long as it stands: another one would begin anew.
    const [Shown] = useState<ComponentType<P>>(() => loaded ?? Later);
    return <Shown {...props} />;
  }
  return Object.assign(Screen, {
    load: () =>
      load().then(
        () => undefined,
        () => undefined,
      ),
  });
}
