import type { DataSource } from 'typeorm';
import { createGuardedPost } from '../../http/guardedPost.ts';
import type { Log } from '../../log.ts';
import type { Mailer } from '../../mail/mailer.ts';
import type { PushConfig } from '../../pushConfig.ts';
import type { Announcer } from '../announcements.ts';
import type { SignedIn } from '../procedures.ts';
import type { Limits } from '../rateLimits.ts';
import type { BotNotices } from './botNotices.ts';
import { listenToCalls } from './callNotices.ts';
import { createDeviceLeases, type DeviceLeases } from './deviceLeases.ts';
import { listenToKnocks } from './knockNotices.ts';
import { listenToMessages } from './messageNotices.ts';
import { listenForLetters } from './missedLetters.ts';
import { createNotificationsRouter } from './notifications.router.ts';
import { createPusher, type Pusher } from './pusher.ts';
import type { PushOutcome } from './pushQueue.ts';
import { notificationsCleanup, unsubscribe } from './subscriptions.ts';
import { createVapid } from './vapid.ts';

export type NotificationsParts = {
  dataSource: DataSource;
  announcer: Announcer;
  signedIn: SignedIn;
  limits: Pick<Limits, 'reachByPerson'>;
  deriveKey: (purpose: string) => Buffer;
  config: PushConfig & { publicUrl: () => string };
  mailer: Pick<Mailer, 'send'>;
  log: Log;
  /** Whether someone has the app open, in any process. */
  hasSocket(userId: string): Promise<boolean>;
  onOutcome: (outcome: PushOutcome) => void;
  /** Absent: this server has no bot at Telegram. */
  bot?: BotNotices | undefined;
};

export type Notifications = {
  router: ReturnType<typeof createNotificationsRouter>;
  leases: DeviceLeases;
  cleanup: ReturnType<typeof notificationsCleanup>;
  queued(): number;
  close(): Promise<void>;
};

/** Whatever tells people of what happens while they do not look. It listens to announcements; nothing waits for it. */
export function createNotifications(parts: NotificationsParts): Notifications {
  const { dataSource, announcer, signedIn, config, log, bot } = parts;
  const leases = createDeviceLeases(dataSource, log, bot !== undefined);
  const push = createPush(parts);
  announcer.on('sessionEnded', ({ sessionId }) => unsubscribe(dataSource, sessionId));
  const messages =
    (push || bot) && listenToMessages({ ...parts, pusher: push?.pusher, origin: config.publicUrl });
  if (push) listenToKnocks({ ...parts, pusher: push.pusher, origin: config.publicUrl });
  const calls = listenToCalls({ ...parts, push });
  listenForLetters({ ...parts, publicUrl: config.publicUrl });
  return {
    router: createNotificationsRouter({
      ...{ dataSource, announcer, signedIn, push, hasBot: bot !== undefined },
      ...{ hasSocket: parts.hasSocket, limitReach: parts.limits.reachByPerson },
      onSubscribed: leases.forget,
      onError: (error) => log.warn({ err: error }, 'a test of a push was not noted'),
    }),
    leases,
    cleanup: notificationsCleanup(dataSource),
    queued: () => push?.pusher.queued() ?? 0,
    async close() {
      await messages?.close();
      const callsClosed = calls.close();
      // Those on their way say what became of them, which the calls wait for.
      await Promise.all([push?.pusher.close(), bot?.close()]);
      await callsClosed;
      await leases.close();
    },
  };
}

type PushParts = {
  publicKey: string;
  isAllowed(endpoint: string): boolean;
  pusher: Pusher;
  origin(): string;
};

/** Undefined where the operator can be named to no push service. */
function createPush({ dataSource, deriveKey, config, log, onOutcome }: NotificationsParts) {
  if (!config.vapidSubject) {
    log.warn('without VAPID_SUBJECT, an https PUBLIC_URL or a real MAIL_FROM nothing is pushed to devices');
    return undefined;
  }
  const vapid = createVapid(deriveKey, config.vapidSubject);
  const client = createGuardedPost({
    hosts: config.pushHosts,
    loopbackAuthority: config.pushTestAuthority,
  });
  const pusher = createPusher({ dataSource, vapid, client, log, onOutcome });
  const push: PushParts = {
    publicKey: vapid.publicKey,
    isAllowed: client.isAllowed,
    pusher,
    origin: config.publicUrl,
  };
  return push;
}
