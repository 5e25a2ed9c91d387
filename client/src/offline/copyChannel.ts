import type { CopyChannel } from './indexedDbCopy.ts';

/** Tells the other tabs and the worker of this person's copy what has changed in it. */
export function openCopyChannel(userId: string): CopyChannel {
  const channel = new BroadcastChannel(`ahoy-copy:${userId}`);
  return {
    post: (touched) => channel.postMessage(touched),
    listen(listener) {
      channel.addEventListener('message', (event: MessageEvent<string[]>) => listener(new Set(event.data)));
    },
    close: () => channel.close(),
  };
}
