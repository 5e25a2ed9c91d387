import { expect, test } from 'vitest';
import { roomCalendar } from './roomCalendar.ts';

const room = {
  id: '0198c0de-0000-7000-8000-000000000001',
  title: 'Совет; по воскресеньям, весь экипаж и ещё кое-кто из соседнего клуба',
  description: 'Code 7K3QF-0M2XA',
  link: 'https://chat.example/r#abc',
  startsAt: new Date('2026-11-29T17:30:00Z'),
  createdAt: new Date('2026-11-21T10:00:00Z'),
};

test('the event begins at its time in UTC, lasts an hour and leads to the room', () => {
  const lines = roomCalendar(room).split('\r\n');
  expect(lines).toContain('DTSTART:20261129T173000Z');
  expect(lines).toContain('DTEND:20261129T183000Z');
  expect(lines).toContain('URL:https://chat.example/r#abc');
  expect(lines.at(0)).toBe('BEGIN:VCALENDAR');
  expect(lines.at(-2)).toBe('END:VCALENDAR');
});

test('texts are escaped, and no line is longer than 75 octets', () => {
  const file = roomCalendar(room);
  const encoder = new TextEncoder();
  for (const line of file.split('\r\n')) expect(encoder.encode(line).length).toBeLessThanOrEqual(75);
  const unfolded = file.replaceAll('\r\n ', '');
  expect(unfolded).toContain(
    'SUMMARY:Совет\\; по воскресеньям\\, весь экипаж и ещё кое-кто из соседнего клуба',
  );
  expect(unfolded).toContain('DESCRIPTION:Code 7K3QF-0M2XA\\nhttps://chat.example/r#abc');
});

test('a title with line ends stays one line', () => {
  const file = roomCalendar({ ...room, title: 'a\r\nBEGIN:VALARM' }).replaceAll('\r\n ', '');
  expect(file).toContain('SUMMARY:a\\nBEGIN:VALARM');
});
