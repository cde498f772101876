import { defineConfig } from '@playwright/test';

/** Debian's Chromium; Playwright's own download is not used. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const isRoot = process.getuid?.() === 0;

// tests/e2e/start-site.ts starts the built site on a free port and leaves its address in SITE_UNDER_TEST.
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.e2e.ts',
  globalSetup: './tests/e2e/start-site.ts',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  forbidOnly: true,
  use: {
    ...(process.env['SITE_UNDER_TEST'] ? { baseURL: process.env['SITE_UNDER_TEST'] } : {}),
    launchOptions: {
      executablePath,
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
