import { mean as average } from 'd3-array'
import {
  auditedNetworks,
  auditedRuns,
  auditProtocols,
  auditRates,
  criterionCost,
  ruleCost,
  type AuditedRun,
  type AuditProtocol,
  type Cost,
  type Stop,
} from '../data/reproduction/protocol-audit.ts'
import { experimentData, type SiteData } from '../data/site-data.ts'
import { writeInterval } from '../data/write-number.ts'
import { numberCell, type Cell, type TableMaker } from './table-data.ts'

/** Rows of audit runs, of what was not run, and of means over seeds, network by network and rate by rate. */
function auditRows(
  data: SiteData,
  of: (audited: AuditedRun) => Cell[],
  mean: (audited: readonly AuditedRun[], protocol: AuditProtocol, name: string) => Cell[],
) {
  const sets = auditedNetworks.flatMap((name) =>
    auditProtocols.map((protocol) => ({ name, protocol, all: auditedRuns(data, protocol, name) })),
  )
  const width = mean([], 'audit-1.0', 'cnn').length
  const label = (name: string, protocol: AuditProtocol) =>
    `${experimentData(data, name).experiment.title}, ${auditRates[protocol]}`
  return {
    rows: sets.flatMap(({ name, protocol, all }): Cell[][] =>
      all.length
        ? all.map((audited) => [`${label(name, protocol)}, seed ${audited.run.seed}`, ...of(audited)])
        : [[label(name, protocol), ...new Array<null>(width).fill(null)]],
    ),
    summary: sets
      .filter(({ all }) => all.length > 1)
      .map(({ name, protocol, all }): Cell[] => [
        `${label(name, protocol)}: mean of ${all.length} seeds`,
        ...mean(all, protocol, name),
      ]),
    runs: sets.flatMap(({ all }) => all.map(({ run }) => run)),
  }
}

const costCells = (cost: Cost | null): Cell[] =>
  cost ? [numberCell(cost.value, 'points'), cost.interval ? writeInterval(cost.interval, 'points') : ''] : ['–', '–']
const accuracyCell = (all: readonly AuditedRun[], of: (audited: AuditedRun) => number | undefined): Cell => {
  const accuracy = average(all, of)
  return accuracy === undefined ? '–' : numberCell(accuracy, 'percent')
}
const pair = (group: string) => ['epoch', 'test accuracy'].map((label) => ({ label, group, numeric: true }))
const gained = ['points', '95 % interval'].map((label) => ({ label, group: 'Gained by the test set', numeric: true }))

/** The audit runs one by one: the epoch that each criterion chose, its test accuracy, and what choosing on the test set gains. */
export const stoppingTable: TableMaker = (data) => ({
  columns: [
    { label: 'Run' },
    ...pair('Chosen by test'),
    ...pair('Chosen by validation'),
    { label: 'Last epoch’s accuracy', numeric: true },
    ...gained,
  ],
  ...auditRows(
    data,
    ({ epochs, accuracy, stopping }) => [
      numberCell(epochs.test, 'count'),
      numberCell(accuracy.test, 'percent'),
      numberCell(epochs.validation, 'count'),
      numberCell(accuracy.validation, 'percent'),
      numberCell(accuracy.last, 'percent'),
      ...costCells(stopping),
    ],
    (all, protocol, name) => [
      '',
      accuracyCell(all, ({ accuracy }) => accuracy.test),
      '',
      accuracyCell(all, ({ accuracy }) => accuracy.validation),
      accuracyCell(all, ({ accuracy }) => accuracy.last),
      ...costCells(criterionCost(data, protocol, name, 'test', 'validation')),
    ],
  ),
})

const stopCells = (stop: Stop | undefined): Cell[] =>
  stop
    ? [stop.fired ? numberCell(stop.epoch, 'count') : `not in ${stop.epoch}`, numberCell(stop.accuracy, 'percent')]
    : ['–', '–']

/** The same runs by the original's own rule: where it would have stopped on the test loss and on the validation loss. */
export const stoppingRuleTable: TableMaker = (data) => ({
  columns: [{ label: 'Run' }, ...pair('Stopped by test loss'), ...pair('Stopped by validation loss'), ...gained],
  ...auditRows(
    data,
    ({ byRule }) => [
      ...stopCells(byRule?.test),
      ...stopCells(byRule?.validation),
      ...(byRule ? [numberCell(byRule.test.accuracy - byRule.validation.accuracy, 'points'), ''] : ['–', '']),
    ],
    (all, protocol, name) => [
      '',
      accuracyCell(all, ({ byRule }) => byRule?.test.accuracy),
      '',
      accuracyCell(all, ({ byRule }) => byRule?.validation.accuracy),
      ...costCells(ruleCost(data, protocol, name)),
    ],
  ),
})
