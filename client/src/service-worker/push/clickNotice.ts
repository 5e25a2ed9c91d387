import { answerPath } from '@ahoy/shared/domain/noticeText.ts';
import type { NoticeData } from '../../net/noticeData.ts';

export type Click = {
  /** The button's; empty for the notification itself. */
  action: string;
  /** What was written into the notification; null where it offers no field. */
  reply: string | null;
  data: NoticeData | null;
};

/** What a click on a notification is to do. */
export type ClickAct =
  /** `isMeant`: the page there acts at once, since the person has asked for that here. */
  | { kind: 'open'; path: string; isMeant: boolean }
  | { kind: 'decline'; userId: string; callId: string }
  | { kind: 'reply'; userId: string; chatId: string; seq: number; text: string }
  | { kind: 'read'; userId: string; chatId: string; seq: number };

export function planClick({ action, reply, data }: Click): ClickAct {
  const path = data?.path ?? '/';
  const open: ClickAct = { kind: 'open', path, isMeant: false };
  switch (data?.kind) {
    case 'message': {
      const { userId, chatId, seq } = data;
      const text = reply?.trim() ?? '';
      if (action === 'read') return { kind: 'read', userId, chatId, seq };
      // On Linux an answer comes without the name of its button. Where the system has no field for it, it is written in the
      // chat.
      return text !== '' ? { kind: 'reply', userId, chatId, seq, text } : open;
    }
    case 'call': {
      const { userId, callId } = data;
      if (action === 'decline') return { kind: 'decline', userId, callId };
      return action === 'answer' ? { kind: 'open', path: answerPath(data), isMeant: true } : open;
    }
    case 'callOver':
      return action === 'callBack'
        ? { kind: 'open', path: `/call-back/${data.chatId}?media=${data.media}`, isMeant: true }
        : open;
    case 'knock':
    case 'test':
    case 'neutral':
    case undefined:
      return open;
    default:
      return data satisfies never;
  }
}
