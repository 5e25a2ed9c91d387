/**
 * PostgreSQL's ways to say "not now" (SQLSTATE): connection lost, no more connections, starting or stopping, a statement
 * or a lock that took too long, read only after a failover.
 */
const NOT_NOW = /^(08...|53300|57P0[1-3]|57014|55P03|25006)$/;
/** The network's. ENOENT: the socket of an embedded database that is being started again. */
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EHOSTUNREACH']);
/** Those of `pg` and its pool, which carry no code. */
const WORDS =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Query read timeout)/;

/** Whether the database could not answer, or not in time, so that the same request may succeed a little later. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const driverError = 'driverError' in error ? error.driverError : undefined;
  const cause = driverError instanceof Error ? driverError : error;
  if (cause instanceof AggregateError) return cause.errors.some(isUnavailable);
  const code = 'code' in cause ? String(cause.code) : '';
  const syscall = 'syscall' in cause ? String(cause.syscall) : '';
  const isOfNetwork = NETWORK.has(code) && /^(connect|read|write)$/.test(syscall);
  return NOT_NOW.test(code) || isOfNetwork || WORDS.test(cause.message);
}
