import type { Line } from '@ahoy/shared/domain/project.ts';
import { daysBetween } from '../../i18n/dates.ts';
import type { Hole } from '../../offline/readModels.ts';

/** A line with what its neighbours mean for it. */
export type Row = {
  line: Line;
  isOwn: boolean;
  /** The first of its group stands further away, the last one has the tail. */
  isFirst: boolean;
  isLast: boolean;
  /** A new day begins above it. */
  hasDay: boolean;
  /** "Unread messages" stands above it. */
  hasUnread: boolean;
};

export type LayoutInput = {
  lines: readonly Line[];
  me: string;
  unreadSeq: number | null;
  /** The chat begins with the first line: only then is it known to be the first of its day. */
  isBeginning: boolean;
};

const GROUP_MS = 5 * 60_000;

/** Groups lines of one sender that are at most five minutes apart, and finds where days and unread ones begin. */
export function layOut({ lines, me, unreadSeq, isBeginning }: LayoutInput): Row[] {
  const rows: Row[] = [];
  for (const line of lines) {
    const above = rows.at(-1);
    const hasDay = above ? isOtherDay(above.line, line) : isBeginning;
    const hasUnread = unreadSeq !== null && line.seq === unreadSeq;
    const isFirst = !above || hasDay || hasUnread || !isSameGroup(above.line, line);
    if (above && !isFirst) above.isLast = false;
    rows.push({ line, isOwn: line.senderId === me, isFirst, isLast: true, hasDay, hasUnread });
  }
  return rows;
}

function isOtherDay(above: Line, below: Line): boolean {
  return daysBetween(new Date(above.createdAt), new Date(below.createdAt)) !== 0;
}

function isSameGroup(above: Line, below: Line): boolean {
  if (above.senderId !== below.senderId || above.isDeleted !== below.isDeleted) return false;
  // Waiting lines carry the clock of this device, which may be behind the server's.
  return Math.abs(Date.parse(below.createdAt) - Date.parse(above.createdAt)) <= GROUP_MS;
}

export type Run = {
  lines: Line[];
  /** What is missing right above and right below; null: the window ends there, or nothing is missing. */
  above: Hole | null;
  below: Hole | null;
};

/** So close to the end, what was sent and what is just arriving may pass each other: no reason to hide anything. */
const ARRIVING_LINES = 40;

/** The unbroken lines around `anchorSeq` (Infinity: the end): what lies behind a hole would jump when it fills. */
export function runAround(
  lines: readonly Line[],
  holes: readonly Hole[],
  anchorSeq: number,
  lastSeq: number,
): Run {
  const isArriving = (hole: Hole) =>
    anchorSeq === Number.POSITIVE_INFINITY && hole.fromSeq > lastSeq - ARRIVING_LINES && hole.toSeq < lastSeq;
  const breaks = holes.filter((hole) => !isArriving(hole));
  const around = breaks.find((hole) => hole.fromSeq <= anchorSeq && hole.toSeq >= anchorSeq);
  if (around) return { lines: [], above: around, below: around };
  const above = breaks.findLast((hole) => hole.toSeq < anchorSeq) ?? null;
  const below = breaks.find((hole) => hole.fromSeq > anchorSeq) ?? null;
  return {
    lines: lines.filter((line) => {
      if (line.seq === null) return below === null;
      return (above === null || line.seq > above.toSeq) && (below === null || line.seq < below.fromSeq);
    }),
    above,
    below,
  };
}

/** The newest line of others among the rows that can be seen, by seq; 0: none. */
export function newestSeen(rows: readonly Row[]): number {
  return rows.findLast((row) => !row.isOwn && row.line.seq !== null)?.line.seq ?? 0;
}
