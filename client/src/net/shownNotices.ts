import type { Copy, CopyReader } from '../offline/copy.ts';
import { type LiveQuery, liveQuery } from '../offline/liveQuery.ts';
import { type UnreadCounts, unreadCountsQuery, unreadTotal } from '../offline/unreadCounts.ts';
import type { ReadonlyStore } from '../readonlyStore.ts';
import type { CallsState } from '../rtc/callSnapshot.ts';
import { setBadge } from './badge.ts';
import { type NoticeData, toNoticeData } from './noticeData.ts';
import { ownRegistration } from './ownRegistration.ts';

export type ShownNotices = {
  /** This person is signed in. */
  enter: (userId: string) => void;
  /** The page is looked at. */
  look: () => void;
  /** Nobody is signed in any more: nothing of them stays on the screen. */
  leave: () => void;
};

export type ShownNoticesOptions = {
  copy: Copy;
  calls: ReadonlyStore<CallsState>;
  /** Notifications of this app that are on the screen. */
  shown: () => Promise<readonly Pick<Notification, 'data' | 'close'>[]>;
  setBadge: (unread: number) => Promise<void>;
  /** Milliseconds of the epoch. */
  now: () => number;
};

/** A notification that rings longer than its call may was forgotten by everyone. */
const STALE_AFTER_MS = 30_000;

/** While a page is open: what is read is gone from the screen, calls that ring no more too, and the icon counts the rest. */
export function createShownNotices(options: ShownNoticesOptions): ShownNotices {
  const { copy, calls, now } = options;
  let userId: string | null = null;
  let counts: LiveQuery<UnreadCounts> | null = null;
  const stops: (() => void)[] = [];

  async function tidy(): Promise<void> {
    const unread = counts?.getSnapshot();
    if (userId === null || unread === undefined) return;
    await options.setBadge(unreadTotal(unread, now()));
    await close((data) => isStale(data) || isRead(data));
  }

  async function close(isOver: (data: NoticeData) => boolean | Promise<boolean>): Promise<void> {
    for (const notification of await options.shown()) {
      const data = toNoticeData(notification.data);
      if (data && (await isOver(data))) notification.close();
    }
  }

  function isStale(data: NoticeData): boolean {
    return data.kind === 'call' && Date.parse(data.ringsUntil) + STALE_AFTER_MS < now();
  }

  function isRead(data: NoticeData): boolean | Promise<boolean> {
    if (data.kind !== 'message' && data.kind !== 'callOver') return false;
    const { chatId, seq } = data;
    return seq !== undefined && copy.read(async (tx) => (await readSeqOf(tx, chatId)) >= seq);
  }

  function run(task: Promise<void>): void {
    task.catch((error: unknown) => console.debug('Notifications could not be put in order:', error));
  }

  /** It is answered here, or rings no more. */
  function followCalls({ ringing, session }: CallsState, before: CallsState): void {
    const rings = new Set(ringing.map(({ call }) => call.id));
    const over = before.ringing.map(({ call }) => call.id).filter((id) => !rings.has(id));
    const own = session && session !== before.session ? [session.store.getState().callId] : [];
    const ids = new Set([...over, ...own]);
    if (ids.size > 0) run(close((data) => data.kind === 'call' && ids.has(data.callId)));
  }

  return {
    enter(entered) {
      userId = entered;
      counts = liveQuery(copy, unreadCountsQuery(entered));
      stops.push(
        counts.subscribe(() => run(tidy())),
        calls.subscribe(followCalls),
      );
    },
    look: () => run(tidy()),
    leave() {
      for (const stop of stops.splice(0)) stop();
      userId = null;
      counts = null;
      run(close(() => true));
      run(options.setBadge(0));
    },
  };
}

/** How far it is read, as the server knows or will hear. */
async function readSeqOf(tx: CopyReader, chatId: string): Promise<number> {
  const [account, outbox] = await Promise.all([tx.accountChat(chatId), tx.outbox()]);
  const waiting = outbox.flatMap((each) => (each.kind === 'read' && each.chatId === chatId ? each.seq : []));
  return Math.max(account?.readSeq ?? 0, ...waiting);
}

/** Of this page, its worker and its icon. */
export function openShownNotices(copy: Copy, calls: ReadonlyStore<CallsState>): ShownNotices {
  return createShownNotices({ copy, calls, shown: shownByWorker, setBadge, now: Date.now });
}

/** None where there is no worker. */
async function shownByWorker(): Promise<readonly Notification[]> {
  const registration = await ownRegistration();
  return (await registration?.getNotifications()) ?? [];
}
