import { openRoomBrowser } from '../../e2e/src/harness/roomScene.ts';
import { startAhoy } from '../../e2e/src/harness/startAhoy.ts';
import { openAhoyRoom } from './ahoyRooms.ts';
import { openBareRoom } from './bareRooms.ts';
import { browserCpu } from './cpu.ts';
import { type Effort, type Figure, toFigure } from './figures.ts';
import { DEVICES, PEOPLE, type RoomSide } from './roomSide.ts';

const ROUNDS = 8;
const QUICK_ROUNDS = 2;

/**
 * A call of four at 320x180, beside four bare pages with devices of their own in the same browser, in turn, so that both
 * see the same machine: how soon all see all, what it costs, and how soon one who comes later sees all.
 */
export async function rooms({ runs, seconds }: Effort): Promise<Figure[]> {
  const rounds = runs === 1 ? QUICK_ROUNDS : ROUNDS;
  const ahoy = await startAhoy({ databaseUrl: null });
  try {
    const browsers = await openRoomBrowser(ahoy.url, DEVICES);
    try {
      const app = await openAhoyRoom(ahoy, browsers);
      const bare = await openBareRoom(browsers);
      const values: Round[] = [];
      const bounds: Round[] = [];
      for (let round = -1; round < rounds; round += 1) {
        const value = await measure(app, seconds);
        const bound = await measure(bare, seconds);
        // The first round only warms up.
        if (round < 0) continue;
        values.push(value);
        bounds.push(bound);
      }
      const figure = (name: string, unit: string, of: (round: Round) => number) =>
        toFigure(name, unit, values.map(of), bounds.map(of));
      return [
        figure(`${PEOPLE} come at once, until all see all`, 'ms', ({ beginMs }) => beginMs),
        figure(`Joining a running call, until all of ${PEOPLE - 1} are seen`, 'ms', ({ joinMs }) => joinMs),
        figure(`Browser in a call of ${PEOPLE}`, '% of a core', ({ cpu }) => cpu),
      ];
    } finally {
      await browsers.close();
    }
  } finally {
    await ahoy.stop();
  }
}

type Round = { beginMs: number; joinMs: number; cpu: number };

async function measure(side: RoomSide, seconds: number): Promise<Round> {
  const beginMs = await side.begin();
  const cpu = await browserCpu(seconds);
  const joinMs = await side.rejoin();
  await side.end();
  return { beginMs, joinMs, cpu };
}
