/** One entry of a statistics report. Browsers leave fields out, so nothing is taken for granted. */
export type StatsEntry = Readonly<Record<string, unknown>>;
export type StatsEntries = ReadonlyMap<string, StatsEntry>;

/** The report as a map that stays when the browser's own is gone. */
export function entriesOf(report: RTCStatsReport): StatsEntries {
  const entries = new Map<string, StatsEntry>();
  report.forEach((entry: StatsEntry, id) => {
    entries.set(id, entry);
  });
  return entries;
}

export function ofType(entries: StatsEntries, type: string, kind?: 'audio' | 'video'): StatsEntry[] {
  return [...entries.values()].filter(
    (entry) => entry.type === type && (!kind || (entry.kind ?? entry.mediaType) === kind),
  );
}

/** null where the field is missing or no number. */
export function numberOf(entry: StatsEntry | null | undefined, key: string): number | null {
  const value = entry?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function textOf(entry: StatsEntry | null | undefined, key: string): string | null {
  const value = entry?.[key];
  return typeof value === 'string' ? value : null;
}

/** The same stream in an earlier report, unless its id went to another stream since. */
export function earlierOf(entry: StatsEntry, earlier: StatsEntries): StatsEntry | null {
  const before = earlier.get(textOf(entry, 'id') ?? '');
  return before && before.ssrc === entry.ssrc ? before : null;
}

/** By how much a counter grew; one that went down began anew with a renegotiation, and counts from nothing. */
export function growthOf(entry: StatsEntry, key: string, earlier: StatsEntries): number {
  const current = numberOf(entry, key) ?? 0;
  const before = numberOf(earlierOf(entry, earlier), key) ?? 0;
  return current >= before ? current - before : Math.max(0, current);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
