import { chatTag } from '@ahoy/shared/domain/noticeText.ts';
import { createBackoff } from '../../net/backoff.ts';
import { setBadge } from '../../net/badge.ts';
import { isTemporary, toFailure } from '../../net/failure.ts';
import { type NoticeData, toNoticeData } from '../../net/noticeData.ts';
import type { Copy } from '../../offline/copy.ts';
import { createCommands } from '../../offline/outbox.ts';
import { unreadCountsQuery, unreadTotal } from '../../offline/unreadCounts.ts';
import { openWorkerCopy } from '../openWorkerCopy.ts';
import { sendOutbox } from '../sendOutbox.ts';
import { createWorkerApi, type WorkerApiOptions } from '../workerApi.ts';
import type { ClickAct } from './clickNotice.ts';
import { openPage, type PageOpener } from './openPage.ts';
import type { PushParts } from './receivePush.ts';
import { pushWords } from './words.ts';

export type ClickParts = Omit<WorkerApiOptions, 'userId'> &
  PageOpener & {
    registration: PushParts['registration'];
    /** Asks the browser to wake the worker when there is a network. */
    requestSync: (userId: string) => Promise<void>;
  };

/** A caller waits for no decline longer than that. */
const DECLINE_FOR_MS = 30_000;
const SEND_WITHIN_MS = 8_000;

/** Does what a click on a notification asks for; nothing is opened but by `open`. Never rejects. */
export async function actOnClick(parts: ClickParts, act: ClickAct): Promise<void> {
  switch (act.kind) {
    case 'open':
      return openPage(parts, act);
    case 'decline':
      return decline(parts, act);
    case 'reply':
    case 'read':
      return command(parts, act);
    default:
      return act satisfies never;
  }
}

async function decline(
  parts: ClickParts,
  { userId, callId }: { userId: string; callId: string },
): Promise<void> {
  const backoff = createBackoff({ firstMs: 300, longestMs: 5_000 });
  const until = parts.now() + DECLINE_FOR_MS;
  let isOver = false;
  const { api } = createWorkerApi({ ...parts, userId }, () => {
    isOver = true;
  });
  for (;;) {
    try {
      await api.calls.decline({ id: callId });
      return;
    } catch (error) {
      if (isOver || !isTemporary(toFailure(error).code) || parts.now() > until) return;
    }
    await new Promise((resolve) => setTimeout(resolve, backoff.next()));
  }
}

type Written = Extract<ClickAct, { kind: 'reply' | 'read' }>;

/** Through the outbox, as everything that a person does: so it leaves once, now or when there is a network. */
async function command(parts: ClickParts, act: Written): Promise<void> {
  const { userId, chatId, seq } = act;
  const copy = await openWorkerCopy(userId, () => undefined);
  if (!copy) return openPage(parts, { path: `/chats/${chatId}`, isMeant: false });
  try {
    const commands = createCommands({ copy, me: () => userId, now: parts.now, onWaiting: () => undefined });
    if (act.kind === 'reply') await commands.send(chatId, act.text);
    await commands.read(chatId, seq);
    await showBadge(copy, userId, parts.now());
    await send(parts, act, copy);
    if (!(await isReadNoted(copy, act))) await tellRead(parts, act);
  } finally {
    copy.close();
  }
}

/** What cannot leave now is said, and waits for the network. */
async function send(parts: ClickParts, act: Written, copy: Copy): Promise<void> {
  const { userId, chatId } = act;
  const sending = sendOutbox({ ...parts, userId }).then(
    () => true,
    () => false,
  );
  const tooLong = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), SEND_WITHIN_MS));
  if (await Promise.race([sending, tooLong])) return;
  await parts.requestSync(userId);
  if (act.kind === 'reply') await sayWaiting(parts, act, copy);
  if (!(await sending)) return;
  const waiting = await parts.registration.getNotifications({ tag: chatTag(chatId) });
  for (const each of waiting) if (toNoticeData(each.data)?.kind === 'neutral') each.close();
}

async function sayWaiting(
  { registration }: ClickParts,
  { userId, chatId, text }: Extract<Written, { kind: 'reply' }>,
  copy: Copy,
): Promise<void> {
  const { settings } = await copy.read((tx) => tx.meta());
  const body = pushWords(settings?.locale ?? 'en')('push.replyWaits');
  const data: NoticeData = { kind: 'neutral', userId, path: `/chats/${chatId}` };
  await registration.showNotification(text, { body, tag: chatTag(chatId), silent: true, data });
}

/** The copy names only messages that it holds; what was pushed may not have reached it. */
function isReadNoted(copy: Copy, { chatId, seq }: Written): Promise<boolean> {
  return copy.read(async (tx) => {
    const [account, outbox] = await Promise.all([tx.accountChat(chatId), tx.outbox()]);
    const isWaiting = outbox.some((each) => each.kind === 'read' && each.chatId === chatId);
    return isWaiting || (account?.readSeq ?? 0) >= seq;
  });
}

async function tellRead(parts: ClickParts, { userId, chatId, seq }: Written): Promise<void> {
  const { api } = createWorkerApi({ ...parts, userId }, () => undefined);
  await api.messages.read({ chatId, seq }).catch((error: unknown) => {
    console.debug('It could not be told that it was read:', error);
  });
}

async function showBadge(copy: Copy, userId: string, now: number): Promise<void> {
  const counts = await copy.read((tx) => unreadCountsQuery(userId).read(tx));
  await setBadge(unreadTotal(counts, now));
}
