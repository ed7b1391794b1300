import { expect, it } from 'vitest'
import { runSegments } from '../../src/tables/run-tables.ts'
import { makeRecord } from '../helpers/make-record.ts'

const rowsOf = (segments: ReturnType<typeof makeRecord>['provenance']['segments']) => {
  const { provenance } = makeRecord()
  return runSegments(makeRecord({ provenance: { ...provenance, commit: 'a'.repeat(40), cpu: 'last', threads: 1, segments } }))
    .rows
}
const first = { start: '2026-01-01T00:00:00.000Z', wallSeconds: 600, firstEpoch: 1, lastEpoch: 4 }
const second = { ...first, start: '2026-01-02T00:00:00.000Z', firstEpoch: 5, lastEpoch: 9 }

it('each sitting has its own commit, processor and threads', () => {
  const own = { commit: 'b'.repeat(40), cpu: 'first', threads: 2 }
  expect(rowsOf([{ ...first, ...own }, second])).toEqual([
    ['2026-01-01 00:00', '1', '4', '10', 'bbbbbbbb', 'first', '2'],
    ['2026-01-02 00:00', '5', '9', '10', 'aaaaaaaa', 'last', '1'],
  ])
})

it('older records say it of their last sitting only', () => {
  expect(rowsOf([first, second]).map((row) => row.slice(4))).toEqual([
    ['–', '–', '–'],
    ['aaaaaaaa', 'last', '1'],
  ])
})
