import type { PushPayload } from '../protocol/notifications.ts';
import { type NoticeLanguage, noticePath, noticeTag, noticeText } from './noticeText.ts';

/** Declarative Web Push (W3C Push API, "declarative push message"), in the members that we use. */
export type DeclarativePush = {
  web_push: 8030;
  notification: {
    title: string;
    body: string;
    lang: NoticeLanguage;
    dir: 'auto';
    tag: string;
    silent: boolean;
    /** Absolute: where a tap leads, without a worker. */
    navigate: string;
    data: PushPayload;
  };
  app_badge: number;
  /** The worker may show something better; when it does not, this notification is shown as it is. */
  mutable: true;
};

/**
 * The declarative form of a push, which Safari shows by itself. Browsers that do not know it give the same JSON to the
 * worker, which finds the payload in `notification.data`. `origin` is the app's, without a slash at the end.
 */
export function declarativePush(
  payload: PushPayload,
  { origin, language }: { origin: string; language: NoticeLanguage },
): DeclarativePush {
  const { notice } = payload;
  const { title, body } = noticeText(notice, language);
  return {
    web_push: 8030,
    notification: {
      ...{ title, body, lang: language, dir: 'auto', tag: noticeTag(notice) },
      silent: notice.kind === 'message' && notice.isSilent,
      navigate: origin + noticePath(notice),
      data: payload,
    },
    app_badge: payload.unread,
    mutable: true,
  };
}
