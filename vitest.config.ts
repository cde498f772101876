import { defineConfig } from 'vitest/config';

// Three projects: `unit` runs beside the code and starts nothing; `contract` may start processes,
// databases and a real build, so few of its files run at once and they have time; `abuse` attacks the
// sandbox, and counts what is left behind, so its files run one after another.
export default defineConfig({
  test: {
    watch: false,
    environment: 'node',
    expect: { requireAssertions: true },
    setupFiles: ['tests/setup/fail-on-noise.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'setup/**/*.test.mjs'],
        },
      },
      {
        extends: true,
        test: {
          name: 'contract',
          include: ['tests/{contract,boundaries,setup,proxy,proof,cli,site}/**/*.test.ts'],
          // Each of these breaks a rule on purpose.
          exclude: ['tests/boundaries/fixtures/**'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          // Most of their time they wait.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'abuse',
          include: ['tests/abuse/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
