import { parseArgs } from 'node:util';
import { answering } from './answering.ts';
import { applying } from './applying.ts';
import { bundle } from './bundle.ts';
import { calls } from './calls.ts';
import { fanout } from './fanout.ts';
import { type Benchmark, type Figure, printTable } from './figures.ts';
import { flood } from './flood.ts';
import { idle, rest } from './idle.ts';
import { kills } from './kills.ts';
import { lighthouse } from './lighthouse.ts';
import { growth, latency, messages, processes } from './messages.ts';
import { offline } from './offline.ts';
import { properties } from './offlineProperties.ts';
import { pushes } from './pushes.ts';
import { rooms } from './rooms.ts';
import { soak } from './soak.ts';
import { telegramStart } from './telegramStart.ts';

/** Each by its name on the command line; all of them without one. */
const BENCHMARKS: Record<string, Benchmark> = {
  bundle,
  lighthouse,
  telegramStart,
  messages,
  latency,
  growth,
  processes,
  fanout,
  idle,
  rest,
  offline,
  applying,
  properties,
  calls,
  answering,
  rooms,
  pushes,
  kills,
  flood,
  soak,
};
const FULL = { runs: 5, seconds: 5 };
const QUICK = { runs: 1, seconds: 2 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' } },
});

const names = positionals.length > 0 ? positionals : Object.keys(BENCHMARKS);
const unknown = names.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  process.stderr.write(
    `no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}\n`,
  );
  process.exit(1);
}

const figures: Figure[] = [];
for (const name of names) figures.push(...((await BENCHMARKS[name]?.(values.quick ? QUICK : FULL)) ?? []));
if (values.json) for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`);
else printTable(figures);
