import { defineConfig } from 'vitest/config';

/** What another database could change; what is about the browser alone is told once, on the embedded one. */
const DATABASE_STORIES = ['src/story.test.ts', 'src/durability.test.ts', 'src/longHistory.test.ts'];

/** Told again with two servers behind Caddy, each person at another one. */
const TWO_SERVERS_STORIES = ['src/story.test.ts', 'src/secureOrigin.test.ts'];

/** What `npm test` asks for; without a name, everything. */
const SUITES: Readonly<Record<string, string[]>> = {
  postgres: DATABASE_STORIES,
  two: TWO_SERVERS_STORIES,
  kills: ['src/kills.test.ts'],
};
const suite = process.env.AHOY_E2E_SUITE ?? process.env.AHOY_E2E_DATABASE ?? '';

/** One server and one Chromium at a time: the stories share the machine's two cores with both. */
export default defineConfig({
  test: {
    include: SUITES[suite] ?? ['src/**/*.test.ts'],
    exclude: suite === 'embedded' ? ['src/kills.test.ts', 'src/secureOrigin.test.ts'] : [],
    fileParallelism: false,
    testTimeout: 45_000,
    hookTimeout: 60_000,
  },
});
