import type { ChatDelta } from '@ahoy/shared/protocol/entities.ts';

/** One frame stays small beside the bound of a socket's queue, however long the texts are. */
const MAX_ROWS = 32;

/**
 * One delta that takes a copy as far as two that follow each other; undefined where they do not, or would be too large. Of
 * a row that both carry the later one counts.
 */
export function joinDeltas(first: ChatDelta, next: ChatDelta): ChatDelta | undefined {
  if (next.from !== first.to || first.isReset || next.isReset) return undefined;
  const messages = joinRows(first.messages, next.messages, (row) => row.id);
  const members = joinRows(first.members, next.members, (row) => row.userId);
  if (messages.length + members.length > MAX_ROWS) return undefined;
  const people = joinRows(first.people, next.people, (row) => row.id);
  return { ...next, from: first.from, messages, members, people };
}

function joinRows<Row>(first: Row[], next: Row[], idOf: (row: Row) => string): Row[] {
  return [...new Map([...first, ...next].map((row) => [idOf(row), row])).values()];
}
