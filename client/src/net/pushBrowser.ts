import type { Browser } from '../browserOf.ts';

/** Why a page cannot be pushed to at all. */
export type PushObstacle = 'unsupported' | 'notInstalled' | 'insecure';

/** The browser's subscription with its push service; keys are base64url. */
export type PushSubscriptionHeld = {
  endpoint: string;
  p256dh: string;
  auth: string;
  /** The server's key that it was made for; null: the browser does not tell. */
  publicKey: string | null;
  unsubscribe: () => Promise<void>;
};

/** What the browser can do about pushing. */
export type PushBrowser = {
  /** null: there is none. */
  obstacle: () => PushObstacle | null;
  permission: () => NotificationPermission;
  /** Shows the browser's question; only directly after a person's action. */
  askPermission: () => Promise<NotificationPermission>;
  subscription: () => Promise<PushSubscriptionHeld | null>;
  /** Rejects with `PushFailure`. */
  subscribe: (publicKey: string) => Promise<PushSubscriptionHeld>;
  /** The permission was changed in the browser; not told everywhere. Returns how to stop. */
  onPermission: (listener: () => void) => () => void;
};

/** `worker`: ours does not run. `service`: the browser's push service could not be reached, or wants nothing of us. */
export class PushFailure extends Error {
  readonly problem: 'worker' | 'service' | 'denied';

  constructor(problem: PushFailure['problem'], options?: ErrorOptions) {
    super(`No push subscription: ${problem}`, options);
    this.problem = problem;
  }
}

/** The worker installs itself beside the first screen: that takes seconds on a slow network. */
const WORKER_WITHIN_MS = 15_000;

/** Of the browser that shows this page. */
export function createPushBrowser(window: Window & typeof globalThis, browser: Browser): PushBrowser {
  const { navigator } = window;

  async function registrationThere(): Promise<ServiceWorkerRegistration> {
    const none = new Promise<null>((resolve) => setTimeout(() => resolve(null), WORKER_WITHIN_MS));
    const registration = await Promise.race([navigator.serviceWorker.ready, none]);
    if (!registration) throw new PushFailure('worker');
    return registration;
  }

  return {
    obstacle() {
      if (!window.isSecureContext) return 'insecure';
      const isThere = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
      if (isThere) return null;
      // Safari gives it to web apps on the Home Screen only, and no other browser of an iPhone may have it.
      const isPhonesOwn = browser.kind === 'safariIos' || browser.kind === 'otherIos';
      return isPhonesOwn ? 'notInstalled' : 'unsupported';
    },
    permission: () => window.Notification.permission,
    askPermission: () => window.Notification.requestPermission(),
    async subscription() {
      const registration = await navigator.serviceWorker.getRegistration();
      const held = await registration?.pushManager.getSubscription();
      return held ? toHeld(held) : null;
    },
    async subscribe(publicKey) {
      const { pushManager } = await registrationThere();
      const options = { userVisibleOnly: true, applicationServerKey: publicKey };
      return pushManager.subscribe(options).then(toHeld, (cause: unknown) => {
        const isDenied = cause instanceof DOMException && cause.name === 'NotAllowedError';
        throw new PushFailure(isDenied ? 'denied' : 'service', { cause });
      });
    },
    onPermission(listener) {
      const ending = new AbortController();
      navigator.permissions
        ?.query({ name: 'notifications' })
        .then((status) => status.addEventListener('change', listener, { signal: ending.signal }))
        .catch((error: unknown) => console.debug('Changes of the permission are not told:', error));
      return () => ending.abort();
    },
  };
}

function toHeld(subscription: PushSubscription): PushSubscriptionHeld {
  const { keys } = subscription.toJSON();
  const key = subscription.options.applicationServerKey;
  return {
    endpoint: subscription.endpoint,
    p256dh: keys?.p256dh ?? '',
    auth: keys?.auth ?? '',
    publicKey: key ? toBase64Url(key) : null,
    async unsubscribe() {
      await subscription.unsubscribe();
    },
  };
}

/** Without padding, as keys are written in web push. */
function toBase64Url(bytes: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
