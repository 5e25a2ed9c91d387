import type { Room } from '@ahoy/shared/protocol/rooms.ts';
import { roomCalendar } from './roomCalendar.ts';

/** Hands the room's event to the calendar, as a file. */
export function saveCalendar(room: Room, link: string, description: string): void {
  if (room.startsAt === null) return;
  const { chatId: id, title } = room;
  const dates = { startsAt: new Date(room.startsAt), createdAt: new Date(room.createdAt) };
  const file = new Blob([roomCalendar({ id, title, description, link, ...dates })], {
    type: 'text/calendar',
  });
  const url = URL.createObjectURL(file);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = `${title.replaceAll(/[\\/:*?"<>|]/g, ' ').trim() || 'room'}.ics`;
  anchor.click();
  // Not at once: the browser may not have begun to read it.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

const KEPT_MS = 60_000;
