import type { Announcements, Announcer } from '../../announcements.ts';
import type { BotNotices } from '../../notifications/botNotices.ts';
import {
  callIsOver,
  chatsWereRead,
  findDue,
  messagesChanged,
  type NoticeKey,
  wantNotices,
} from './noticeRows.ts';
import { doNotice, type NoticeWorkParts } from './noticeWork.ts';
import { createWorkQueue } from './workQueue.ts';

const SWEEP_EVERY_MS = 3_000;
/** Reading tells of itself at every line; nobody minds when the phone learns of it half a second later. */
const READS_EVERY_MS = 500;
const MOST_READS = 10_000;
const MOST_LATER = 1_000;

export type BotNoticesParts = Omit<NoticeWorkParts, 'onPutOff'> & {
  announcer: Announcer;
  sweepEveryMs?: number;
};

/**
 * What the bot shows to people. Everything stands in rows first, so that nothing is lost with a process, and whichever
 * process claims a row does what is due; here is only what wakes it up.
 */
export function createBotNotices(parts: BotNoticesParts): BotNotices & { start(): void } {
  const { dataSource, announcer, log, pace } = parts;
  const queue = createWorkQueue((key: NoticeKey) => doOne({ ...parts, onPutOff: wakeLater }, key));
  const working = new Set<Promise<void>>();
  const later = new Set<NodeJS.Timeout>();
  let reads = new Map<string, { userId: string; chatId: string; seq: number }>();
  let readTimer: NodeJS.Timeout | undefined;
  let sweepTimer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const wake = (about: NoticeKey) =>
    queue.add({
      ...{ key: `${about.userId} ${about.subjectId}`, about },
      ...{ lane: about.telegramId, isUrgent: about.kind === 'call' },
    });

  /** Sooner than the next look through the table. */
  function wakeLater(key: NoticeKey, pauseMs: number): void {
    if (isClosed || later.size >= MOST_LATER) return;
    const timer = setTimeout(() => {
      later.delete(timer);
      void wake(key);
    }, pauseMs);
    later.add(timer);
  }

  function wakeAll(found: Promise<NoticeKey[]>): void {
    const done = found
      .then((list) => {
        for (const key of list) void wake(key);
      })
      .catch((error) => log.warn({ err: error }, 'what the bot shows was not changed'))
      .then(() => void working.delete(done));
    working.add(done);
  }

  function sweep(): void {
    wakeAll(findDue(dataSource));
    sweepTimer = setTimeout(sweep, parts.sweepEveryMs ?? SWEEP_EVERY_MS);
  }

  function noteReads({ userId, delta }: Announcements['accountChanged']): void {
    if (isClosed) return;
    for (const { chatId, readSeq, isIn } of delta.chats) {
      if (reads.size < MOST_READS)
        reads.set(`${userId} ${chatId}`, { userId, chatId, seq: isIn ? readSeq : Number.MAX_SAFE_INTEGER });
    }
    if (reads.size > 0) readTimer ??= setTimeout(tellReads, READS_EVERY_MS);
  }

  function tellReads(): void {
    readTimer = undefined;
    const list = [...reads.values()];
    reads = new Map();
    wakeAll(chatsWereRead(dataSource, list));
  }

  announcer.on('accountChanged', noteReads);
  announcer.on('chatChanged', ({ delta }) => {
    if (isClosed || delta.isReset) return;
    const changed = delta.messages.filter((m) => m.kind === 'text' && (m.editedAt ?? m.deletedAt) !== null);
    if (changed.length > 0)
      wakeAll(
        messagesChanged(
          dataSource,
          delta.chatId,
          changed.map(({ seq }) => seq),
        ),
      );
  });

  return {
    start: sweep,
    queued: queue.size,
    async tell(news) {
      const wanted = news.map((each) => ({ ...each, subjectId: each.chatId, kind: 'messages' as const }));
      await wantNotices(dataSource, wanted);
      for (const { userId, subjectId, telegramId, kind } of wanted)
        void wake({ userId, subjectId, telegramId, kind });
    },
    async ring({ userId, telegramId, callId, chatId }) {
      const key: NoticeKey = { userId, subjectId: callId, telegramId, kind: 'call' };
      await wantNotices(dataSource, [{ ...key, chatId, firstSeq: 0, seq: 0 }]);
      return wake(key);
    },
    async over(callId) {
      for (const key of await callIsOver(dataSource, callId)) void wake(key);
    },
    async close() {
      isClosed = true;
      clearTimeout(readTimer);
      clearTimeout(sweepTimer);
      for (const timer of later) clearTimeout(timer);
      if (reads.size > 0) tellReads();
      pace.close();
      await Promise.all(working);
      await queue.close();
    },
  };
}

function doOne(parts: NoticeWorkParts, key: NoticeKey): Promise<boolean> {
  return doNotice(parts, key).catch((error) => {
    parts.log.warn({ err: error }, 'the bot did not look after what it shows');
    return false;
  });
}
