import { isQuiet } from '@ahoy/shared/domain/quietHours.ts';
import type { DataSource } from 'typeorm';
import type { Log } from '../../../log.ts';
import type { BotOutcome } from '../../notifications/botNotices.ts';
import { type BotApi, BotFailure } from './botApi.ts';
import { noteBot } from './botPeople.ts';
import { type BotText, type ComposeParts, composeCall, composeRead, composeUnread } from './composeNotice.ts';
import { readRing, readTold, readUnread, type Told } from './noticeContents.ts';
import {
  claimNotice,
  isShown,
  type NoticeKey,
  type NoticeResult,
  type NoticeRow,
  putOff,
  settleNotice,
} from './noticeRows.ts';
import type { Pace } from './pace.ts';

/** After so long a silence a phone is to sound again, which it does for a new message only. */
const SILENCE_MS = 2 * 60_000;
const PATIENCE_MS = 8_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

export type NoticeWorkParts = ComposeParts & {
  /** It may be tried again after the pause. */
  onPutOff(key: NoticeKey, pauseMs: number): void;
  dataSource: DataSource;
  api: BotApi;
  pace: Pace;
  log: Log;
  onOutcome(outcome: BotOutcome): void;
  silenceMs?: number;
};

/** No turn came: another try will. */
class NoTurn extends Error {
  override name = 'NoTurn';
}

/**
 * Brings what somebody sees of the bot into line with what is so: sends, edits, replaces or takes back. Answers whether
 * something is shown then. Does nothing where another process is at it.
 */
export async function doNotice(parts: NoticeWorkParts, key: NoticeKey): Promise<boolean> {
  const { dataSource, log } = parts;
  for (;;) {
    const row = await claimNotice(dataSource, key);
    if (!row) return isShown(dataSource, key);
    try {
      const result = await bringIntoLine(parts, row);
      if (!(await settleNotice(dataSource, row, result))) return (result?.messageId ?? null) !== null;
    } catch (error) {
      const isLimited = error instanceof NoTurn || (error instanceof BotFailure && error.status === 429);
      const pauseMs = pauseAfter(error, row.tries);
      await putOff(dataSource, row, { pauseMs, isCounted: !isLimited });
      parts.onPutOff(key, pauseMs);
      parts.onOutcome(isLimited ? 'limited' : 'failed');
      if (!isLimited) log.warn({ err: error }, 'the bot did not tell somebody, and tries again');
      return row.messageId !== null;
    }
  }
}

async function bringIntoLine(parts: NoticeWorkParts, row: NoticeRow): Promise<NoticeResult> {
  const told = await readTold(parts.dataSource, row.userId);
  if (!told || told.telegramId !== row.telegramId) return null;
  return row.kind === 'call' ? tellCall(parts, row, told) : tellMessages(parts, row, told);
}

async function tellMessages(parts: NoticeWorkParts, row: NoticeRow, told: Told): Promise<NoticeResult> {
  const unread = await readUnread(parts.dataSource, row);
  if (!unread) {
    await remove(parts, row, composeRead(told.locale));
    return null;
  }
  const isNews = row.seq > row.toldSeq && told.settings.telegram !== 'off';
  if (!isNews && row.messageId === null) return null;
  const { hasPreview, quiet } = told.settings;
  const text = composeUnread(parts, unread, { ...row, ...told, hasPreview });
  const isLoud = isNews && (row.toldMsAgo === null || row.toldMsAgo > (parts.silenceMs ?? SILENCE_MS));
  if (isLoud && row.messageId !== null) await remove(parts, row, composeRead(told.locale));
  return show(parts, row, text, { isNews, isSilent: isQuiet(quiet, Date.now()) });
}

async function tellCall(parts: NoticeWorkParts, row: NoticeRow, told: Told): Promise<NoticeResult> {
  const ring = await readRing(parts.dataSource, row);
  if (!ring) return null;
  const { missedCalls, telegram } = told.settings;
  const calls = told.settings.calls && telegram !== 'off';
  const isRinging = ring.state === 'ringing';
  const isShowing = row.messageId !== null;
  // It waits for what becomes of the call, or shows it already.
  if (isRinging && (isShowing || !calls)) return { messageId: row.messageId, toldSeq: 0, isTold: false };
  const isMissed = ring.state === 'missed' || ring.state === 'withdrawn';
  const isLate = isMissed && !calls && missedCalls && telegram !== 'off' && !told.isLookedAt;
  const isWanted = isRinging || isLate;
  if (!isShowing && !isWanted) return null;
  const text = composeCall(parts, ring, { ...row, ...told, callId: row.subjectId });
  const result = await show(parts, row, text, { isNews: isWanted, isSilent: false });
  return isRinging ? result : null;
}

/** Edits what stands there, or sends it where nothing does. */
async function show(
  parts: NoticeWorkParts,
  row: NoticeRow,
  { text, buttons }: BotText,
  how: { isNews: boolean; isSilent: boolean },
): Promise<NoticeResult> {
  const { telegramId: chat_id } = row;
  const result = (messageId: number | null) => ({ messageId, toldSeq: row.seq, isTold: how.isNews });
  const content = {
    ...{ chat_id, text, parse_mode: 'HTML' as const, link_preview_options: { is_disabled: true } },
    reply_markup: { inline_keyboard: buttons },
  };
  const { messageId } = row;
  if (messageId !== null) {
    const isEdited = await act(parts, row, 'editMessageText', (api) =>
      api.ask('editMessageText', (raw) => raw.editMessageText({ ...content, message_id: messageId })),
    );
    if (isEdited === 'blocked') return null;
    if (isEdited !== 'absent') return count(parts, 'edited', result(messageId));
    row.messageId = null;
    if (!how.isNews) return result(null);
  }
  const sent = await act(parts, row, 'sendMessage', (api) =>
    api.ask('sendMessage', (raw) => raw.sendMessage({ ...content, disable_notification: how.isSilent })),
  );
  if (sent === 'blocked' || sent === 'absent') return null;
  await noteBot(parts.dataSource, chat_id, 'open', 'unknown');
  return count(parts, 'sent', result(sent === 'same' ? null : sent.message_id));
}

/** Telegram lets a bot take away what is not older than two days; what stays says nothing any more. */
async function remove(parts: NoticeWorkParts, row: NoticeRow, instead: BotText): Promise<void> {
  const { messageId, telegramId: chat_id } = row;
  if (messageId === null) return;
  const gone = await act(parts, row, 'deleteMessage', (api) =>
    api.ask('deleteMessage', (raw) => raw.deleteMessage({ chat_id, message_id: messageId })),
  );
  if (gone === 'absent') await show(parts, row, instead, { isNews: false, isSilent: true });
  row.messageId = null;
  count(parts, 'removed', null);
}

/** One request in its turn. `absent`: there is no such message that could be changed. */
async function act<T>(
  parts: NoticeWorkParts,
  row: NoticeRow,
  method: string,
  request: (api: BotApi) => Promise<T>,
): Promise<T | 'same' | 'absent' | 'blocked'> {
  const isUrgent = row.kind === 'call';
  if (!(await parts.pace.turn(row.telegramId, { isUrgent, patienceMs: PATIENCE_MS }))) throw new NoTurn();
  try {
    return await request(parts.api);
  } catch (error) {
    if (!(error instanceof BotFailure)) throw error;
    if (error.retryAfterSeconds !== undefined) parts.pace.pause(error.retryAfterSeconds * 1000);
    if (error.isBlocked) {
      await noteBot(parts.dataSource, row.telegramId, 'blocked');
      parts.onOutcome('blocked');
      return 'blocked';
    }
    if (error.status !== 400) throw error;
    if (/not modified/i.test(error.description)) return 'same';
    if (method === 'sendMessage') throw error;
    return 'absent';
  }
}

function count<T>(parts: NoticeWorkParts, outcome: BotOutcome, result: T): T {
  parts.onOutcome(outcome);
  return result;
}

function pauseAfter(error: unknown, tries: number): number {
  const asked = error instanceof BotFailure ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.max(asked, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries));
}
