import { plannedContrasts } from '../../experiments/catalogue.ts'
import type { Interval } from '../../experiments/statistics/interval.ts'
import { contrast, plannedTest } from '../data/claims-ledger/contrast.ts'
import { experimentData, type SiteData } from '../data/site-data.ts'
import { writeInterval, writeNumber } from '../data/write-number.ts'
import { numberCell, type Cell, type TableMaker } from './table-data.ts'

/** The stored interval over seeds and test images; undefined where there is none of these runs. */
const twoLevelInterval = (data: SiteData, a: string, b: string): Interval | undefined =>
  data.pairTests.get(data.protocol.name)?.recipes.find((one) => one.a === a && one.b === b)?.interval

const pCell = (p: number | undefined): Cell => (p === undefined ? '–' : { text: writeNumber(p, 'loss'), value: p })

/** What was to be compared from the start, in test accuracy: the difference with its intervals first, then the tests. */
export const plannedContrastsTable: TableMaker = (data) => ({
  columns: [
    { label: 'Compared' },
    { label: 'Seeds', numeric: true },
    { label: 'Difference, points', numeric: true },
    ...['seeds', 'seeds and images'].map((label) => ({ label, group: '95 % interval over', numeric: true })),
    ...['sign flips', 'Holm'].map((label) => ({ label, group: 'p', numeric: true })),
  ],
  rows: plannedContrasts.map(([a, b]): Cell[] => {
    const [first, second] = [a, b].map((name) => experimentData(data, name).experiment.title)
    const found = contrast(data, a, b)
    const both = twoLevelInterval(data, a, b)
    const test = plannedTest(data, a, b)
    return [
      `${first} − ${second}`,
      ...(found
        ? [
            numberCell(found.seeds, 'count'),
            numberCell(found.difference, 'points'),
            // Of one pair of runs there is no other.
            writeInterval(found.interval, 'points') + (found.seeds > 1 ? '' : ' over images'),
            both ? writeInterval(both, 'points') : '–',
            pCell(test?.p),
            pCell(test?.adjusted),
          ]
        : new Array<null>(6).fill(null)),
    ]
  }),
  runs: [...new Set(plannedContrasts.flat())].flatMap((name) => experimentData(data, name).runs),
})
