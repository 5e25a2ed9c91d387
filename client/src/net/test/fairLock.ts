/** Whoever may hold the lock: a page or the worker. */
type Owner = object;
type Turn = { owner: Owner; start: () => void };

/** A Web Lock as the browser keeps it: in order of asking, and freed when its holder dies. */
export type FairLock = {
  run: (owner: Owner, task: () => Promise<void>) => Promise<void>;
  abandon: (owner: Owner) => void;
};

export function createFairLock(): FairLock {
  const queue: Turn[] = [];
  let holder: Turn | undefined;

  function pump(): void {
    if (holder) return;
    holder = queue.shift();
    holder?.start();
  }

  return {
    run(owner, task) {
      return new Promise((resolve, reject) => {
        const turn: Turn = {
          owner,
          start() {
            void task()
              .then(resolve, reject)
              .finally(() => {
                if (holder !== turn) return;
                holder = undefined;
                pump();
              });
          },
        };
        queue.push(turn);
        pump();
      });
    },
    abandon(owner) {
      for (const turn of queue.filter((waiting) => waiting.owner === owner))
        queue.splice(queue.indexOf(turn), 1);
      if (holder?.owner !== owner) return;
      holder = undefined;
      pump();
    },
  };
}
