import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plannedRuns, requiredRuns } from '../experiments/catalogue.ts'
import { recordPath } from '../experiments/results/read-results.ts'

test('the site’s build insists on exactly those planned runs whose records are committed', () => {
  expect(requiredRuns).toEqual(plannedRuns.filter((run) => existsSync(recordPath(join('content', 'results'), run))))
})
