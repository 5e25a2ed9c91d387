/** Who refreshes the session: pages and the worker, one at a time. */
export const REFRESH_LOCK = 'ahoy-refresh';
/** Who empties the outbox. */
export const SENDER_LOCK = 'ahoy-sender';
/** Who changes the browser's push subscription. */
export const PUSH_LOCK = 'ahoy-push';

/** One at a time across tabs and the worker; where the browser has no locks (plain http), across this page only. */
export async function withLock<T>(name: string, task: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return task();
  let hasBegun = false;
  try {
    return await navigator.locks.request(name, () => {
      hasBegun = true;
      return task();
    });
  } catch (error) {
    // A frame without storage is given no locks either.
    if (hasBegun || !(error instanceof DOMException) || error.name !== 'SecurityError') throw error;
    return task();
  }
}
