export type CalendarRoom = {
  id: string;
  title: string;
  /** What is said of it beside the link. */
  description: string;
  link: string;
  startsAt: Date;
  createdAt: Date;
};

const LENGTH_MS = 60 * 60_000;
const REMIND_BEFORE = '-PT10M';
/** Octets of a line, without its end. */
const LINE_OCTETS = 75;

/** A calendar file with one event of an hour (RFC 5545). */
export function roomCalendar(room: CalendarRoom): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Ahoy//Rooms//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${room.id}@${escapeText(new URL(room.link).host)}`,
    `DTSTAMP:${utc(room.createdAt)}`,
    `DTSTART:${utc(room.startsAt)}`,
    `DTEND:${utc(new Date(room.startsAt.getTime() + LENGTH_MS))}`,
    `SUMMARY:${escapeText(room.title)}`,
    `DESCRIPTION:${escapeText(`${room.description}\n${room.link}`)}`,
    `LOCATION:${escapeText(room.link)}`,
    `URL:${room.link}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `TRIGGER:${REMIND_BEFORE}`,
    `DESCRIPTION:${escapeText(room.title)}`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

function utc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Section 3.3.11. */
function escapeText(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r\n|\r|\n/g, '\\n');
}

/** Section 3.1: long lines go on in the next, after a space; no sign is cut in two. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  const lines = [''];
  let octets = 0;
  for (const sign of line) {
    const length = encoder.encode(sign).length;
    if (octets + length > LINE_OCTETS) {
      lines.push(' ');
      octets = 1;
    }
    lines[lines.length - 1] += sign;
    octets += length;
  }
  return lines.join('\r\n');
}
