import { defineConfig } from 'vitest/config';

/** The client's logic runs without a browser; what needs one is tested in e2e. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    // Nothing is made at import, so that files may share a process, and what it has loaded.
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    maxWorkers: 2,
    setupFiles: ['../scripts/propertySeed.ts'],
    testTimeout: 20_000,
  },
});
