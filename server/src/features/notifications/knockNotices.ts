import type { KnockNotice } from '@ahoy/shared/protocol/notifications.ts';
import type { DataSource } from 'typeorm';
import type { Log } from '../../log.ts';
import type { Announcer } from '../announcements.ts';
import { composePushes, topicOf } from './composePushes.ts';
import { type DeviceState, decideCall } from './decide.ts';
import type { PushTarget } from './encryptPush.ts';
import { msOf, settingsOfRow, targetOfRow } from './messageRows.ts';
import type { Pusher } from './pusher.ts';
import { LIVE_DEVICES } from './subscriptions.ts';

/** Who waits has given up by then. */
const TTL_SECONDS = 10 * 60;
/** Whoever has the link can knock: a host's phone sounds for a room no more often. */
const QUIET_MS = 10_000;
const MOST_ROOMS = 10_000;

type KnockRow = {
  notice: KnockNotice;
  target: PushTarget;
  locale: 'en' | 'ru';
  device: DeviceState;
  settings: Parameters<typeof decideCall>[0]['settings'];
};

/** Tells a room's host that somebody waits, where no device of theirs is looked at. */
export function listenToKnocks(parts: {
  dataSource: DataSource;
  announcer: Announcer;
  pusher: Pusher;
  log: Log;
  origin: () => string;
}): void {
  const { dataSource, pusher, log } = parts;
  /** When each room may sound again, the oldest standing first. */
  const quietUntil = new Map<string, number>();

  parts.announcer.on('knocked', ({ chatId, personId, hostId }) => {
    const now = Date.now();
    if ((quietUntil.get(chatId) ?? 0) > now) return;
    quietUntil.delete(chatId);
    quietUntil.set(chatId, now + QUIET_MS);
    if (quietUntil.size > MOST_ROOMS) quietUntil.delete(quietUntil.keys().next().value ?? chatId);
    push(chatId, personId, hostId).catch((error) =>
      log.warn({ err: error }, 'a host was not told of a knock'),
    );
  });

  async function push(chatId: string, personId: string, hostId: string): Promise<void> {
    const rows: KnockRow[] = await dataSource.query(
      `SELECT ${targetOfRow} target, u.locale, ${settingsOfRow} settings,
         json_build_object('lookedAtUntil', ${msOf('p.looked_at_until')}) device,
         json_build_object('kind', 'knock', 'chatId', c.id, 'chatTitle', c.title, 'personId', who.id,
           'personName', who.name, 'sentAt', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'waiting', greatest(1, (SELECT count(*) FROM room_knocks k WHERE k.chat_id = c.id))) notice
       FROM ${LIVE_DEVICES} JOIN users u ON u.id = p.user_id
       LEFT JOIN notification_settings n ON n.user_id = p.user_id
       JOIN chats c ON c.id = $2 JOIN people who ON who.id = $3 WHERE p.user_id = $1`,
      [hostId, chatId, personId],
    );
    const now = Date.now();
    // Looking at one device is enough: it shows who waits.
    if (rows.some(({ device, settings }) => settings.calls && !decideCall({ device, settings }, now))) return;
    const told = rows.filter((row) => decideCall(row, now));
    for (const { target, json } of await composePushes(dataSource, told, parts.origin()))
      pusher.push({
        ...{ target, json, urgency: 'high', topic: knockTopic(chatId), isReplaceable: true },
        ttlSeconds: TTL_SECONDS,
        isWanted: () => stillWaits(dataSource, chatId),
      });
  }
}

/** Other than that of the chat's messages. */
const knockTopic = (chatId: string) => `knock${topicOf(chatId).slice(5)}`;

async function stillWaits(dataSource: DataSource, chatId: string): Promise<boolean> {
  const [row]: { isSo: boolean }[] = await dataSource.query(
    'SELECT EXISTS (SELECT 1 FROM room_knocks WHERE chat_id = $1) "isSo"',
    [chatId],
  );
  return row?.isSo ?? false;
}
