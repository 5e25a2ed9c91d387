/** Who is online, in whichever process. It never fails: what cannot be learned counts as nobody. */
export type OnlineElsewhere = {
  start(listener: OnlineListener): Promise<void>;
  /** Someone is online in this process. */
  add(userId: string): Promise<void>;
  /** Someone is no longer online in this process. */
  remove(userId: string): Promise<void>;
  /** Those of them who are online in some process. */
  among(userIds: string[]): Promise<ReadonlySet<string>>;
  /** People of this process are told gone a little later, unless they came back elsewhere. */
  stop(): Promise<void>;
};

export type OnlineListener = {
  /** In one process: another one died or stopped. These people of it did not come back. */
  onGone(userIds: string[]): void;
  /** Others may have taken this process for dead: these people of it are there. */
  onForgotten(userIds: string[]): void;
};

/** One process: nobody is elsewhere. */
export function nobodyElsewhere(): OnlineElsewhere {
  return {
    start: async () => undefined,
    add: async () => undefined,
    remove: async () => undefined,
    among: async () => new Set(),
    stop: async () => undefined,
  };
}
