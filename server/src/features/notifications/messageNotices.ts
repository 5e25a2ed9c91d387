import type { MessageNotice } from '@ahoy/shared/protocol/notifications.ts';
import type { DataSource } from 'typeorm';
import type { Log } from '../../log.ts';
import type { Announcements, Announcer } from '../announcements.ts';
import type { BotNotices } from './botNotices.ts';
import { decideBotNews } from './botRows.ts';
import { composePushes, topicOf } from './composePushes.ts';
import { decideMessage } from './decide.ts';
import type { PushTarget } from './encryptPush.ts';
import { type MessageRow, notePushed, readMessageRows } from './messageRows.ts';
import type { Pusher } from './pusher.ts';

/** Who reads at once on another device is not told here. */
const GRACE_MS = 2_000;
/** Longer than a lease: a device that was looked at has said so again, or has fallen silent. */
const SECOND_LOOK_MS = 32_000;
const TTL_SECONDS = 3 * 24 * 60 * 60;
/** Of what comes into one chat within the grace the newest are told one by one. */
const MOST_PER_CHAT = 5;
const CHATS_AT_ONCE = 50;
/** Beyond so many chats with news the oldest are let go: the app catches up, only notifications are missed. */
const MOST_CHATS = 20_000;

export type MessageNoticesParts = {
  dataSource: DataSource;
  announcer: Announcer;
  /** Absent: this server pushes nothing. */
  pusher?: Pusher | undefined;
  /** Absent: it has no bot. */
  bot?: BotNotices | undefined;
  log: Log;
  origin: () => string;
  times?: { graceMs: number; secondLookMs: number };
};

type FirstLooks = Map<string, number | null>;
type Skipped = { chatId: string; messageId: string };
type News = { chatId: string; ids: string[]; dueAt: number; firstLookAt: number | null };

/**
 * Tells devices, and people by the bot, of new messages. Hearing of one costs a line in a map; who is told is looked up for many at once, when the
 * grace is over.
 */
export function listenToMessages(parts: MessageNoticesParts): { close(): Promise<void> } {
  const { dataSource, log } = parts;
  const { graceMs, secondLookMs } = parts.times ?? { graceMs: GRACE_MS, secondLookMs: SECOND_LOOK_MS };
  /** By chat, the one that is due first standing first; each look has a map of its own. */
  const firstLook = new Map<string, News>();
  const secondLook = new Map<string, News>();
  let timer: NodeJS.Timeout | undefined;
  let timerDueAt = Infinity;
  let isWorking = false;
  let isClosed = false;
  let working = Promise.resolve();

  parts.announcer.on('chatChanged', ({ delta }) => {
    const ids = newMessageIds(delta);
    if (ids.length > 0 && !isClosed) add(firstLook, delta.chatId, ids, Date.now() + graceMs, null);
  });

  function add(
    look: Map<string, News>,
    chatId: string,
    ids: string[],
    dueAt: number,
    firstLookAt: number | null,
  ): void {
    const news = look.get(chatId) ?? { chatId, ids: [], dueAt, firstLookAt };
    news.ids.push(...ids);
    if (news.ids.length > MOST_PER_CHAT) news.ids.splice(0, news.ids.length - MOST_PER_CHAT);
    look.set(chatId, news);
    if (look.size > MOST_CHATS) look.delete(look.keys().next().value ?? chatId);
    schedule();
  }

  function schedule(): void {
    if (isWorking || isClosed) return;
    const dueAt = Math.min(...[firstLook, secondLook].map((look) => firstOf(look)?.dueAt ?? Infinity));
    if (dueAt >= timerDueAt) return;
    clearTimeout(timer);
    timerDueAt = dueAt;
    timer = setTimeout(work, Math.max(0, dueAt - Date.now()));
  }

  function work(): void {
    timerDueAt = Infinity;
    isWorking = true;
    working = tellDue()
      .catch((error) => log.warn({ err: error }, 'devices were not told of messages'))
      .finally(() => {
        isWorking = false;
        schedule();
      });
  }

  async function tellDue(): Promise<void> {
    for (const look of [firstLook, secondLook]) {
      for (let due = takeDue(look); due.length > 0 && !isClosed; due = takeDue(look)) {
        const firstLookAt = Date.now();
        const skipped = await tell(due);
        for (const { chatId, ids } of skipped)
          add(secondLook, chatId, ids, firstLookAt + secondLookMs, firstLookAt);
      }
    }
  }

  /** Tells; answers what is to be looked at once more, because a device was looked at. */
  async function tell(due: News[]): Promise<{ chatId: string; ids: string[] }[]> {
    const ids = due.flatMap((news) => news.ids);
    const firstLooks = new Map(due.map((news) => [news.chatId, news.firstLookAt]));
    const skipped = [
      ...(parts.pusher ? await push(parts.pusher, ids, firstLooks) : []),
      ...(parts.bot ? await tellByBot(parts.bot, ids, firstLooks) : []),
    ];
    const chats = Map.groupBy(skipped, ({ chatId }) => chatId);
    return [...chats].map(([chatId, list]) => ({
      chatId,
      ids: [...new Set(list.map(({ messageId }) => messageId))],
    }));
  }

  async function tellByBot(bot: BotNotices, ids: string[], firstLooks: FirstLooks): Promise<Skipped[]> {
    const isPushing = parts.pusher !== undefined;
    const { news, skipped } = await decideBotNews(dataSource, ids, { isPushing, firstLooks });
    await bot.tell(news);
    return skipped;
  }

  async function push(pusher: Pusher, ids: string[], firstLooks: FirstLooks): Promise<Skipped[]> {
    const rows = await readMessageRows(dataSource, ids);
    const now = Date.now();
    const skipped: Skipped[] = [];
    const notices = rows.flatMap((row) => {
      const firstLookAt = firstLooks.get(row.chatId) ?? null;
      const decision = decideMessage({ ...row, firstLookAt }, now);
      if (decision.isPushed)
        return [{ target: row.target, locale: row.locale, notice: toNotice(row, decision) }];
      if (decision.why === 'looksAtIt' && firstLookAt === null) skipped.push(row);
      return [];
    });
    await notePushed(dataSource, notices);
    for (const { target, json, notice } of await composePushes(dataSource, notices, parts.origin()))
      pusher.push({
        ...{ target, json, ttlSeconds: TTL_SECONDS, urgency: 'high', topic: topicOf(notice.chatId) },
        isWanted: () => isUnread(dataSource, target, notice),
      });
    return skipped;
  }

  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await working;
    },
  };
}

/** Of a change the messages that are new, and said by people: calls have notices of their own. */
function newMessageIds(delta: Announcements['chatChanged']['delta']): string[] {
  if (delta.isReset) return [];
  return delta.messages
    .filter((m) => m.kind === 'text' && m.textStamp === 0 && m.editedAt === null && m.deletedAt === null)
    .map((message) => message.id);
}

function firstOf(look: Map<string, News>): News | undefined {
  return look.values().next().value;
}

function takeDue(look: Map<string, News>): News[] {
  const now = Date.now();
  const due: News[] = [];
  for (const news of look.values()) {
    if (news.dueAt > now || due.length === CHATS_AT_ONCE) break;
    look.delete(news.chatId);
    due.push(news);
  }
  return due;
}

function toNotice(row: MessageRow, how: { isSilent: boolean; hasText: boolean }): MessageNotice {
  return {
    kind: 'message',
    chatId: row.chatId,
    messageId: row.messageId,
    seq: row.seq,
    chatTitle: row.chatTitle,
    senderId: row.senderId,
    senderName: row.senderName,
    text: how.hasText ? row.text : null,
    sentAt: row.sentAt.toISOString(),
    isSilent: how.isSilent,
  };
}

async function isUnread(
  dataSource: DataSource,
  { userId }: PushTarget,
  notice: MessageNotice,
): Promise<boolean> {
  const [row]: { isSo: boolean }[] = await dataSource.query(
    `SELECT EXISTS (SELECT 1 FROM account_chats WHERE user_id = $1 AND chat_id = $2 AND is_in AND read_seq < $3) "isSo"`,
    [userId, notice.chatId, notice.seq],
  );
  return row?.isSo ?? false;
}
