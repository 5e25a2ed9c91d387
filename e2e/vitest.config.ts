import { defineConfig } from 'vitest/config';

/** One server and one Chromium at a time: the stories share the machine's two cores with both. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 45_000,
    hookTimeout: 60_000,
  },
});
