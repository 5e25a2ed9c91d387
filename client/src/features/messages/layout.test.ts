import type { Line } from '@ahoy/shared/domain/project.ts';
import { describe, expect, it } from 'vitest';
import { layOut, newestSeen, runAround } from './layout.ts';

const me = 'me';
const start = new Date(2026, 10, 21, 9, 0).getTime();

function line(seq: number | null, senderId: string, minute: number): Line {
  return {
    id: `${seq ?? 'waiting'}-${minute}`,
    senderId,
    seq,
    text: 'x',
    replyToId: null,
    createdAt: new Date(start + minute * 60_000).toISOString(),
    isEdited: false,
    isDeleted: false,
    call: null,
    state: seq === null ? 'waiting' : 'sent',
    commandId: null,
  };
}
const flags = (lines: Line[], unreadSeq: number | null = null, isBeginning = true) =>
  layOut({ lines, me, unreadSeq, isBeginning }).map(
    (row) =>
      `${row.hasDay ? 'D' : ''}${row.hasUnread ? 'U' : ''}${row.isFirst ? 'F' : ''}${row.isLast ? 'L' : ''}`,
  );

describe('the layout of a chat', () => {
  it('groups one sender up to five minutes apart', () => {
    expect(flags([line(1, 'a', 0), line(2, 'a', 5), line(3, 'a', 11), line(4, me, 11)])).toEqual([
      'DF',
      'L',
      'FL',
      'FL',
    ]);
  });

  it('begins a new day and the unread part with a new group', () => {
    const day = 24 * 60;
    expect(flags([line(1, 'a', day - 1), line(2, 'a', 15 * 60 - 1), line(3, 'a', 15 * 60)])[2]).toBe('DFL');
    expect(flags([line(1, 'a', 0), line(2, 'a', 0)], 2)).toEqual(['DFL', 'UFL']);
  });

  it('names no day above the first line while older ones may be of the same day', () => {
    expect(flags([line(7, 'a', 0)], null, false)).toEqual(['FL']);
  });

  it('names the newest message of others that is seen', () => {
    const rows = layOut({
      lines: [line(1, 'a', 0), line(2, 'b', 1), line(3, me, 2), line(null, me, 3)],
      me,
      unreadSeq: null,
      isBeginning: true,
    });
    expect(newestSeen(rows)).toBe(2);
    expect(newestSeen(rows.slice(2))).toBe(0);
  });
});

describe('the unbroken run of lines', () => {
  const lines = [line(3, 'a', 0), line(4, 'a', 0), line(80, 'a', 0), line(81, 'a', 0), line(null, me, 1)];
  const holes = [
    { fromSeq: 1, toSeq: 2 },
    { fromSeq: 5, toSeq: 79 },
  ];
  const END = Number.POSITIVE_INFINITY;
  const seqs = (anchor: number) => runAround(lines, holes, anchor, 81).lines.map((l) => l.seq);

  it('stops at the holes on both sides of the anchor', () => {
    expect(seqs(4)).toEqual([3, 4]);
    expect(seqs(80)).toEqual([80, 81, null]);
    expect(seqs(END)).toEqual([80, 81, null]);
    expect(runAround(lines, holes, 4, 81)).toMatchObject({ above: holes[0], below: holes[1] });
  });

  it('is empty inside a hole', () => {
    for (const anchor of [5, 60, 79])
      expect(runAround(lines, holes, anchor, 81)).toEqual({ lines: [], above: holes[1], below: holes[1] });
  });

  it('shows what was just sent although a message before it is still on its way', () => {
    const passed = runAround([line(1, 'a', 0), line(3, me, 0)], [{ fromSeq: 2, toSeq: 2 }], END, 3);
    expect(passed.lines.map((l) => l.seq)).toEqual([1, 3]);
  });
});
