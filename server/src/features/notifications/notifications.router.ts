import type { DataSource } from 'typeorm';
import type { Announcer } from '../announcements.ts';
import { changeOwnRow } from '../chats/changeOwnRow.ts';
import { fail } from '../fail.ts';
import { type Limiter, os, type SignedIn } from '../procedures.ts';
import { composePushes, type NoticeFor } from './composePushes.ts';
import { isOutOfReach } from './isOutOfReach.ts';
import type { Pusher } from './pusher.ts';
import { readSettings, updateSettings } from './settings.ts';
import { readPushDevice, subscribe, unsubscribe } from './subscriptions.ts';
import { confirmTest, readTest, startTest } from './testPushes.ts';

export type NotificationsRouterParts = {
  dataSource: DataSource;
  announcer: Announcer;
  signedIn: SignedIn;
  /** Absent: this server pushes nothing. */
  push?: { publicKey: string; isAllowed(endpoint: string): boolean; pusher: Pusher; origin(): string };
  hasBot: boolean;
  /** Whether someone has the app open, in any process. */
  hasSocket(userId: string): Promise<boolean>;
  limitReach: Limiter;
  onSubscribed(sessionId: string): void;
  onError(error: unknown): void;
};

/** Implements `contract.notifications`. */
export function createNotificationsRouter(parts: NotificationsRouterParts) {
  const { notifications } = os;
  const { dataSource, signedIn, push } = parts;
  const testParts = {
    dataSource,
    onError: parts.onError,
    push: push && {
      compose: (notices: NoticeFor[]) => composePushes(dataSource, notices, push.origin()),
      pusher: push.pusher,
    },
  };
  return {
    device: notifications.device.use(signedIn).handler(async ({ context: { viewer } }) => ({
      publicKey: push?.publicKey ?? null,
      device: await readPushDevice(dataSource, viewer),
    })),
    subscribe: notifications.subscribe.use(signedIn).handler(async ({ context: { viewer }, input }) => {
      if (!push) throw fail('FORBIDDEN');
      const device = await subscribe(dataSource, viewer, input, push.isAllowed);
      parts.onSubscribed(viewer.sessionId);
      return { device };
    }),
    unsubscribe: notifications.unsubscribe.use(signedIn).handler(async ({ context: { viewer } }) => {
      await unsubscribe(dataSource, viewer.sessionId);
      return {};
    }),
    settings: notifications.settings.use(signedIn).handler(async ({ context: { viewer } }) => ({
      settings: await readSettings(dataSource, viewer.userId),
    })),
    updateSettings: notifications.updateSettings
      .use(signedIn)
      .handler(async ({ context: { viewer }, input }) => ({
        settings: await updateSettings(dataSource, viewer.userId, input),
      })),
    muteChat: notifications.muteChat.use(signedIn).handler(async ({ context: { viewer }, input }) => {
      await changeOwnRow(parts, viewer.userId, input.chatId, { mutedUntil: input.until });
      return {};
    }),
    reach: notifications.reach.use(signedIn).handler(async ({ context: { viewer }, input }) => {
      await parts.limitReach(viewer.userId);
      const { hasBot, hasSocket } = parts;
      const reachParts = { dataSource, isPushing: push !== undefined, hasBot, hasSocket };
      return { isOutOfReach: await isOutOfReach(reachParts, viewer.userId, input.messageId) };
    }),
    startTest: notifications.startTest.use(signedIn).handler(async ({ context: { viewer }, input }) => ({
      test: await startTest(testParts, viewer, input.id),
    })),
    test: notifications.test.use(signedIn).handler(async ({ context: { viewer }, input }) => ({
      test: await readTest(dataSource, viewer, input.id),
    })),
    confirmTest: notifications.confirmTest.handler(async ({ input }) => {
      await confirmTest(dataSource, input.id);
      return {};
    }),
  };
}
