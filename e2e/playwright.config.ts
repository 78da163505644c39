import { defineConfig } from 'playwright/test'

const asRoot = process.getuid?.() === 0

/** One journey a file. `browser` drives the page over `quorum serve` in a real Chromium, `electron` the real window. */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/e2e',
  timeout: 60_000,
  use: { actionTimeout: 10_000 },
  workers: 1,
  forbidOnly: Boolean(process.env['CI']),
  projects: [
    {
      name: 'browser',
      testIgnore: ['electron/**', 'fixtures/**'],
      use: {
        viewport: { width: 1280, height: 800 },
        launchOptions: {
          ...(process.env['QUORUM_CHROMIUM'] ? { executablePath: process.env['QUORUM_CHROMIUM'] } : {}),
          args: ['--disable-background-networking', '--disable-gpu', ...(asRoot ? ['--no-sandbox'] : [])],
        },
      },
    },
    { name: 'electron', testMatch: 'electron/**/*.test.ts' },
  ],
})
