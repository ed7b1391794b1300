import { group } from 'd3-array'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { summariseResults } from '../data/results-summary.ts'
import { protocolOwner } from '../data/protocol-title.ts'
import { foldRuns, seedsInWords } from '../data/train-commands.ts'
import { writeNumber } from '../data/write-number.ts'
import type { TableMaker } from './table-data.ts'

/** What the runs of one row have in common. */
function machine({ provenance: { cpu, cores, os, node, engine, engineVersion, tensorflow, threads, lockfile } }: RunRecord) {
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
  return {
    processor: `${cpu}, ${count(cores, 'core')}`,
    software: [
      os,
      `Node ${node.replace(/^v/, '')}`,
      `${engine}: ${engineVersion}`,
      ...(tensorflow ? [`TensorFlow ${tensorflow}`] : []),
      count(threads, 'thread'),
      `package-lock.json ${lockfile.slice(0, 8)}`,
    ].join('\n'),
  }
}

const listRuns = (runs: readonly RunRecord[]) =>
  foldRuns(runs)
    .map((fold) => {
      const at = fold.variants.length ? ` at ${fold.variants.length} rates` : ''
      return `${fold.title}, ${protocolOwner(fold.protocol)}${at}: ${seedsInWords(fold)}`
    })
    .join('\n')

/** `2026-11-27 to 28`; the last day in full where the month is another. */
const days = (first: string, last: string) =>
  first === last ? first : `${first} to ${first.slice(0, 8) === last.slice(0, 8) ? last.slice(8) : last}`

const megabytes = (bytes: number) => `${writeNumber(Math.round(bytes / 1e6), 'count')}\u00a0MB`

/** Where and with what the runs of every protocol were trained: a row for each combination of machine, engine and versions. */
export const environmentTable: TableMaker = ({ allRuns }) => {
  const machines = group(allRuns, (run) => JSON.stringify(machine(run)))
  return {
    columns: [
      { label: 'Processor' },
      { label: 'Software' },
      { label: 'Most memory' },
      { label: 'Runs' },
      { label: 'Trained', oneLine: true },
      { label: 'Commits' },
    ],
    runs: allRuns,
    rows: [...machines.values()].map((runs) => {
      const { processor, software } = machine(runs[0]!)
      const { commits, first, last } = summariseResults(runs)
      return [
        processor,
        software,
        megabytes(Math.max(...runs.map(({ provenance }) => provenance.peakMemoryBytes))),
        listRuns(runs),
        days(first!, last!),
        commits.join('\n') || 'none',
      ]
    }),
  }
}
