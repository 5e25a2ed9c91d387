/** Requests of a screen full of avatars leave room for what people do meanwhile. */
const AT_ONCE = 4;

/** Does one thing for each of many, few at a time; what waits already is not added again. `run` never rejects. */
export function createPhotoQueue(run: (id: string) => Promise<void>): { add: (id: string) => void } {
  const waiting = new Set<string>();
  const running = new Set<string>();

  function next(): void {
    for (const id of waiting) {
      if (running.size >= AT_ONCE) return;
      if (running.has(id)) continue;
      waiting.delete(id);
      running.add(id);
      void run(id).finally(() => {
        running.delete(id);
        next();
      });
    }
  }

  return {
    add(id) {
      waiting.add(id);
      next();
    },
  };
}
