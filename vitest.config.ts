import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['{shared,electron,renderer,bin,bench,e2e/fixtures}/**/*.test.{ts,tsx}'], testTimeout: 20_000 },
})
