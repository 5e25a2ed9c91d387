import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    setupFiles: ['../scripts/propertySeed.ts'],
    testTimeout: 20_000,
  },
});
