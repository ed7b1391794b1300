import { defineConfig } from 'vitest/config'

/** Tests that build the site or open it in a browser; they share one process, so that each site is built and the browser started once. */
const siteTests = ['test/browser/**/*.test.ts', 'test/end-to-end/**/*.test.ts']
/** What `npm run test:full` alone runs; it also takes all of what `npm test` takes a sample (test/helpers/full.ts). */
const fullOnly = ['test/browser/lighthouse.test.ts', 'test/browser/live-reload.test.ts']

export default defineConfig(({ mode }) => ({
  test: {
    provide: { full: mode === 'full' },
    reporters: ['default', './test/helpers/plain-summary.ts'],
    // Processes, not threads: the native engine is a Node addon that does not load twice into one process.
    pool: 'forks',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: siteTests,
          globalSetup: './test/helpers/temporary-folder.ts',
          testTimeout: 30_000,
          maxWorkers: '100%', // one a core; Vitest would keep one core for itself
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'site',
          include: siteTests,
          exclude: mode === 'full' ? [] : fullOnly,
          globalSetup: './test/browser/temporary-folders.ts',
          testTimeout: 120_000,
          hookTimeout: 240_000,
          maxWorkers: 1,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
}))
