/** This page's worker; none where the browser has no workers, or gives a frame without storage none. */
export async function ownRegistration(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  return navigator.serviceWorker.getRegistration().catch((error: unknown) => {
    console.debug('No worker here:', error);
    return undefined;
  });
}
