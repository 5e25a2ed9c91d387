import { defineConfig } from 'vitest/config';

/** What another database could change; what is about the browser alone is told once, on the embedded one. */
const DATABASE_STORIES = ['src/story.test.ts', 'src/durability.test.ts', 'src/longHistory.test.ts'];

/** One server and one Chromium at a time: the stories share the machine's two cores with both. */
export default defineConfig({
  test: {
    include: process.env.AHOY_E2E_DATABASE === 'postgres' ? DATABASE_STORIES : ['src/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 45_000,
    hookTimeout: 60_000,
  },
});
