import { defineConfig } from 'vitest/config';
import { LongestFirst } from './src/harness/longestFirst.ts';

/** What another database could change. The first story is told on it by the two servers behind Caddy. */
const DATABASE_STORIES = ['src/durability.test.ts', 'src/longHistory.test.ts'];

/** With two servers behind Caddy, where the stories are told again with each person at another one. */
const TWO_SERVERS_TESTS = ['src/secureOrigin.test.ts', 'src/deadProcess.test.ts'];

/** About the device and its network: no other database changes them. */
const OFFLINE_STORIES = ['src/offline*.test.ts', 'src/firefox*.test.ts'];

/** With microphones, cameras, relays and closed apps: much of their time is waiting, for calls that ring or are lost. */
const CALL_STORIES = ['src/call*.test.ts', 'src/push*.test.ts', 'src/telegram*.test.ts'];

/** Four people with pictures keep two cores busy: nothing else runs beside them. */
const ROOM_STORIES = ['src/room*.test.ts'];

/** What `npm test` asks for; without a name, everything. */
const SUITES: Readonly<Record<string, string[]>> = {
  postgres: DATABASE_STORIES,
  two: ['src/story.test.ts', 'src/offline.test.ts', ...TWO_SERVERS_TESTS],
  kills: ['src/kills.test.ts'],
  offline: OFFLINE_STORIES,
  calls: CALL_STORIES,
  rooms: ROOM_STORIES,
};
const suite = process.env.AHOY_E2E_SUITE ?? process.env.AHOY_E2E_DATABASE ?? '';

/** Stories that mostly wait for what is seen, rung or lost: two files at a time share two cores well. */
const PARALLEL_SUITES = ['embedded', 'calls'];

/** Otherwise one file at a time; `npm test` runs two such suites beside each other. */
export default defineConfig({
  test: {
    include: SUITES[suite] ?? ['src/**/*.test.ts'],
    exclude:
      suite === 'embedded'
        ? ['src/kills.test.ts', ...TWO_SERVERS_TESTS, ...OFFLINE_STORIES, ...CALL_STORIES, ...ROOM_STORIES]
        : [],
    fileParallelism: PARALLEL_SUITES.includes(suite),
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Chapters of calls listen for seconds again and again, with up to four browsers on the machine.
    testTimeout: ['calls', 'rooms'].includes(suite) ? 120_000 : 45_000,
    hookTimeout: 60_000,
  },
});
