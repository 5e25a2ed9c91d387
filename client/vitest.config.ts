import { defineConfig } from 'vitest/config';

/** The client's logic runs without a browser; what needs one is tested in e2e. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    testTimeout: 20_000,
  },
});
