// Declares `callProbe`.
import '../../e2e/src/harness/callProbe.ts';

/**
 * Runs in a page of `openCallBrowser`: milliseconds from `act` to the next frame that is decoded once a pair of addresses
 * works of which both were gathered since. `act` is an event of the window, or a function of the bare page.
 */
export async function timeNewPath(act: 'online' | 'restart'): Promise<number> {
  type Row = Record<string, unknown> & { id: string; type: string };
  const peer = globalThis.callProbe?.peers.findLast((each) => each.connectionState === 'connected');
  if (!peer) throw new Error('There is no connection');
  const read = async () => {
    const rows = new Map<unknown, Row>();
    (await peer.getStats()).forEach((row: Row) => {
      rows.set(row.id, row);
    });
    const of = (type: string) => [...rows.values()].filter((row) => row.type === type);
    const name = (id: unknown) => String(rows.get(id)?.usernameFragment);
    return {
      names: [...of('local-candidate'), ...of('remote-candidate')].map(({ id }) => name(id)),
      working: of('candidate-pair')
        .filter(({ state }) => state === 'succeeded')
        .map((pair) => [name(pair.localCandidateId), name(pair.remoteCandidateId)]),
      frames: of('inbound-rtp').reduce((sum, { framesDecoded }) => sum + Number(framesDecoded ?? 0), 0),
    };
  };
  const old = new Set((await read()).names);
  const start = performance.now();
  if (act === 'online') globalThis.dispatchEvent(new Event('online'));
  else bareCallPage.restart();
  let framesBefore: number | null = null;
  for (;;) {
    const { working, frames } = await read();
    if (framesBefore !== null && frames > framesBefore) return performance.now() - start;
    if (working.some((names) => names.every((each) => !old.has(each)))) framesBefore ??= frames;
    if (performance.now() - start > 20_000)
      throw new Error(
        `There is no other way: ${peer.signalingState} ${JSON.stringify({ working, old: [...old] })}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
}
