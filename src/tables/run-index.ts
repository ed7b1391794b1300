import { plannedRuns, type RunName } from '../../experiments/catalogue.ts'
import { runLabel } from '../../experiments/results/read-results.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { macroF1 } from '../../experiments/statistics/f1.ts'
import { runAddress } from '../data/address.ts'
import { runMeasures } from '../data/measures.ts'
import { protocolOwner } from '../data/protocol-title.ts'
import { runPages } from '../data/run-pages.ts'
import type { SiteData } from '../data/site-data.ts'
import { writeInterval } from '../data/write-number.ts'
import { scoreIntervals } from './run-tables.ts'
import { numberCell, type TableData } from './table-data.ts'

const ended = ({ status }: RunRecord) => (status === 'converged' ? 'by its rule' : 'at its budget')

function indexOf(runs: readonly RunRecord[], link: boolean): TableData {
  return {
    columns: [
      { label: 'Run' },
      { label: 'Protocol' },
      { label: 'Seed', numeric: true },
      { label: 'Test accuracy', numeric: true },
      { label: '95 % interval', numeric: true },
      { label: 'Macro F1', numeric: true },
      { label: 'Validation accuracy', numeric: true },
      { label: 'Epochs', numeric: true },
      { label: 'Epoch kept', numeric: true },
      { label: 'Ended' },
      { label: 'Minutes', numeric: true },
    ],
    names: 3,
    rows: runs.map((run) => {
      const { title } = run.settings.experiment
      const { test, validation } = run.evaluation
      const interval = scoreIntervals(test).accuracy
      return [
        {
          text: title,
          ...(link ? { href: runAddress(run), says: `${title}, ${protocolOwner(run.protocol)}, seed ${run.seed}` } : {}),
        },
        protocolOwner(run.protocol),
        numberCell(run.seed, 'count'),
        numberCell(test.accuracy, 'percent'),
        { text: writeInterval(interval, 'percent'), value: interval.low },
        numberCell(macroF1(test.confusion), 'score'),
        validation ? numberCell(validation.accuracy, 'percent') : '–',
        numberCell(run.epochs, 'count'),
        numberCell(run.scoredEpoch, 'count'),
        ended(run),
        numberCell(runMeasures.trainingMinutes.ofRun(run), 'minutes'),
      ]
    }),
  }
}

/** Every run that has a page, with a link to it. */
export const runIndex = (data: SiteData): TableData => indexOf(runPages(data), true)

/** Every other run: sweeps and audits, in figures only. */
export function otherRuns(data: SiteData): TableData {
  const shown = new Set(runPages(data))
  return indexOf(
    data.allRuns.filter((run) => !shown.has(run)),
    false,
  )
}

const named: { title: string; has: (run: RunName) => boolean }[] = [
  { title: 'corrected: our protocol', has: ({ protocol }) => protocol === 'corrected' },
  { title: 'published: the original’s, unchanged', has: ({ protocol }) => protocol === 'published' },
  { title: 'audits: what the rate and stopping on the test set cost', has: ({ protocol }) => protocol.startsWith('audit-') },
  { title: 'sweeps: rates and optimizers', has: ({ protocol }) => protocol.startsWith('sweep-') },
]

/** The groups of planned runs; protocols that are none of these have one each. */
const groups = [
  ...named,
  ...[...new Set(plannedRuns.filter((run) => !named.some(({ has }) => has(run))).map(({ protocol }) => protocol))].map(
    (name) => ({ title: name, has: ({ protocol }: RunName) => protocol === name }),
  ),
]

/** How many of the runs that the report plans are there: none is dropped, and what is missing is said. */
export function plannedTable(data: SiteData): TableData {
  const done = new Map(data.allRuns.map((run) => [runLabel(run), run]))
  return {
    columns: [
      { label: 'Runs' },
      { label: 'Planned', numeric: true },
      { label: 'Done', numeric: true },
      { label: 'of them at their budget', numeric: true },
      { label: 'Not run yet', numeric: true },
    ],
    rows: groups.map(({ title, has }) => {
      const planned = plannedRuns.filter(has)
      const found = planned.flatMap((run) => done.get(runLabel(run)) ?? [])
      const atBudget = found.filter(({ status }) => status === 'stopped-at-budget').length
      return [
        title,
        ...[planned.length, found.length, atBudget, planned.length - found.length].map((n) => numberCell(n, 'count')),
      ]
    }),
  }
}
