import type { CallMedia } from '@ahoy/shared/protocol/calls.ts';

/** A message as its chat's notification shows it. */
export type NoticeLine = { seq: number; text: string; messageId: string };

/** Kept with a notification: what a click needs, and what the next one of the same chat builds on. */
export type NoticeData = { userId: string; path: string } & (
  | {
      kind: 'message';
      chatId: string;
      /** The newest shown. */
      seq: number;
      /** How many there are; more than `lines`. */
      count: number;
      lines: readonly NoticeLine[];
    }
  | { kind: 'call'; callId: string; chatId: string; media: CallMedia; ringsUntil: string }
  | {
      kind: 'callOver';
      callId: string;
      chatId: string;
      media: CallMedia;
      /** Of the message that tells of it; absent: an older version has shown it. */
      seq?: number;
    }
  /** Somebody waits at the door of a room. */
  | { kind: 'knock' | 'test' | 'neutral' }
);

/** A notification that is on the screen. */
export type Shown = { tag: string; data: NoticeData };

/** null: another version of the app has shown it, and means something else by it. */
export function toNoticeData(data: unknown): NoticeData | null {
  if (typeof data !== 'object' || data === null) return null;
  const { kind, path, lines, callId } = data as Partial<Record<string, unknown>>;
  if (typeof path !== 'string') return null;
  const isWhole =
    (kind === 'message' && Array.isArray(lines)) ||
    ((kind === 'call' || kind === 'callOver') && typeof callId === 'string') ||
    kind === 'knock' ||
    kind === 'test' ||
    kind === 'neutral';
  return isWhole ? (data as NoticeData) : null;
}
