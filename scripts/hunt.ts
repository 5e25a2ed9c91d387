/** `npm run hunt -- MINUTES`: tries the great properties with one random seed after another, until one fails. */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';

/** Where the inputs are whole histories: more than one run can try. */
const PROPERTIES = [
  ['client', 'src/net/engine.test.ts', 'after any history'],
  ['client', 'src/rtc/calls.test.ts', 'after any history'],
  ['server', 'src/features/calls/callRaces.test.ts', 'whatever devices do at once'],
] as const;
const USUAL_MINUTES = 10;
const MS_PER_MINUTE = 60_000;
const MAX_SEED = 2 ** 31;

const repository = join(import.meta.dirname, '..');
process.exitCode = await hunt(Number(process.argv[2] ?? USUAL_MINUTES));

async function hunt(minutes: number): Promise<number> {
  if (!(minutes > 0)) throw new Error('usage: npm run hunt -- MINUTES');
  const end = performance.now() + minutes * MS_PER_MINUTE;
  for (let seeds = 1; ; seeds += 1) {
    const seed = String(randomInt(MAX_SEED));
    for (const [workspace, file, title] of PROPERTIES) {
      const { code, output } = await run(seed, ['run', '--root', workspace, file, '-t', title]);
      if (code === 0) continue;
      console.log(`${output}\nAgain: PROPERTY_SEED=${seed} npx vitest run --root ${workspace} ${file}`);
      return 1;
    }
    console.log(`seed ${seed}: all hold`);
    if (performance.now() > end) {
      console.log(`${seeds} seeds, nothing found`);
      return 0;
    }
  }
}

async function run(seed: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(join(repository, 'node_modules', '.bin', 'vitest'), args, {
    cwd: repository,
    env: { ...process.env, PROPERTY_SEED: seed },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  await once(child, 'close');
  return { code: child.exitCode, output };
}
