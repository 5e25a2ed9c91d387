/** The worker to a page: show this, as a click on a notification wants. The page answers on the port that comes along. */
export type OpenPath = { type: 'open'; path: string };

export function toOpenPath(data: unknown): OpenPath | null {
  if (typeof data !== 'object' || data === null) return null;
  const { type, path } = data as Partial<Record<string, unknown>>;
  // A path of ours, never an address of somebody else's.
  const isOurs = typeof path === 'string' && /^\/(?!\/)/.test(path);
  return type === 'open' && isOurs ? { type, path } : null;
}
