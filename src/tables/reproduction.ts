import { rateFalls } from '../data/reproduction/rate-falls.ts'
import { runMeasure, type RunMeasureName } from '../data/measures.ts'
import { publishedNumber, type PublishedMeasureName } from '../data/reproduction/published-measures.ts'
import {
  lossTolerance,
  meetsLoss,
  meetsScore,
  reproductions,
  reproductionsOf,
  scoreTolerance,
  type Reproduction,
} from '../data/reproduction/reproduction.ts'
import type { ExperimentData, SiteData } from '../data/site-data.ts'
import { writeNumber } from '../data/write-number.ts'
import { signed } from './signed.ts'
import { numberCell, type Cell, type FullCell, type TableMaker } from './table-data.ts'

interface Row {
  one: ExperimentData
  found: Reproduction | null
}

/** A row for every run of the original's protocol, and one for each experiment of the original that has none yet. */
function rows(data: SiteData): Row[] {
  return data.experiments
    .filter(({ published }) => published)
    .flatMap((one): Row[] => {
      const own = reproductionsOf(data, one.experiment.name)
      return own.length ? own.map((found) => ({ one, found })) : [{ one, found: null }]
    })
}

const nameOf = ({ one, found }: Row) => (found ? `${one.experiment.title}, seed ${found.run.seed}` : one.experiment.title)

const reproducedRuns = (data: SiteData) => reproductions(data).map(({ run }) => run)

const cuts = (epochs: readonly number[]) => (epochs.length ? `${writeNumber(epochs[0]!, 'count')} (${epochs.length})` : 'never')

/** A star for a number of a run that was stopped at its budget: it is not of the end that the original prints beside it. */
const budgeted = ({ run }: Reproduction, cell: FullCell): Cell =>
  run.status === 'converged' ? cell : { ...cell, text: `${cell.text} *` }

/** What the original prints of each run beside ours: when training ended, how often the rate fell, updates and scores. */
export const reproducedRunsTable: TableMaker = (data) => {
  const measures: { group: string; ours: RunMeasureName; theirs: PublishedMeasureName }[] = [
    { group: 'Last epoch', ours: 'epochs', theirs: 'epochs' },
    { group: 'Updates', ours: 'updates', theirs: 'updates' },
    { group: 'Macro F1, test', ours: 'macroF1', theirs: 'macroF1' },
    { group: 'Macro F1, training', ours: 'trainMacroF1', theirs: 'trainMacroF1' },
  ]
  const pair = (group: string) => ['published', 'ours'].map((label) => ({ label, group, numeric: true }))
  const [last, ...others] = measures
  const cells = ({ one, found }: Row, { ours, theirs }: (typeof measures)[number]): Cell[] => {
    const { value, kind } = publishedNumber(data.published, theirs, one.experiment.name)
    const mine = found && runMeasure(ours).ofRun(found.run)
    return [numberCell(value, kind), mine === null ? null : budgeted(found!, numberCell(mine, kind))]
  }
  return {
    columns: [
      { label: 'Run' },
      ...pair(last!.group),
      ...pair('First cut of the rate (cuts)'),
      ...others.flatMap(({ group }) => pair(group)),
    ],
    rows: rows(data).map((row) => [
      nameOf(row),
      ...cells(row, last!),
      cuts(row.one.published!.rateFellAt),
      row.found && cuts(rateFalls(row.found.run)),
      ...others.flatMap((measure) => cells(row, measure)),
    ]),
    runs: reproducedRuns(data),
  }
}

/** Overfitting without dropout's part in it: loss of the scored weights on training and test images; and what the run took. */
export const reproducedLossesTable: TableMaker = (data) => ({
  columns: [
    { label: 'Run' },
    { label: 'Ended' },
    { label: 'Minutes', numeric: true },
    { label: 'Loss, training', numeric: true },
    { label: 'test', numeric: true },
    { label: 'Test − training', numeric: true },
    { label: 'Published, test', numeric: true },
  ],
  rows: rows(data).map((row) => {
    const { valLoss } = row.one.published!.last
    if (!row.found) return [nameOf(row), null, null, null, null, null, numberCell(valLoss, 'loss')]
    const { lastCommon, run } = row.found
    const { status, evaluation } = run
    const stopped = status === 'converged' ? null : lastCommon
    const [train, test] = [evaluation.train.loss, evaluation.test.loss]
    const loss = (value: number | null): Cell => (value === null ? '–' : numberCell(value, 'loss'))
    return [
      nameOf(row),
      status === 'converged' ? 'by its rule' : `at its budget, epoch ${writeNumber(run.epochs, 'count')}`,
      numberCell(runMeasure('trainingMinutes').ofRun(run)!, 'minutes'),
      loss(train),
      loss(test),
      loss(train === null || test === null ? null : test - train),
      stopped
        ? {
            text: `${writeNumber(stopped.printedLoss, 'loss')} (epoch ${writeNumber(stopped.epoch, 'count')})`,
            value: stopped.printedLoss,
          }
        : numberCell(valLoss, 'loss'),
    ]
  }),
  runs: reproducedRuns(data),
})

/** Which of the two expectations a run meets, and which can't be told of it. */
function whatIsMet(found: Reproduction): string {
  const [loss, score] = [meetsLoss(found), meetsScore(found)]
  if (loss === null) return 'too few epochs'
  if (score === null) return `${loss ? 'loss' : 'no'}; not ended`
  return loss && score ? 'both' : loss ? 'loss' : score ? 'macro F1' : 'neither'
}

/**
 * What was expected of the reproduction before the first of its runs had ended, and whether each run meets it. Where the original's run or
 * ours went on longer, their ends can't be compared: accuracies are those at the last printed epoch that ours reached.
 */
export const expectationsTable: TableMaker = (data) => {
  const numeric = true
  const loss = `Validation loss, ± ${writeNumber(lossTolerance, 'loss')}`
  const last = 'Accuracy, last epoch of both'
  return {
    columns: [
      { label: 'Run' },
      { label: 'largest difference', group: loss, numeric },
      { label: 'at epoch', group: loss, numeric },
      { label: 'difference', group: `Macro F1, ± ${writeNumber(scoreTolerance, 'score')}`, numeric },
      { label: 'epoch', group: last, numeric },
      { label: 'ours', group: last, numeric },
      { label: 'published', group: last, numeric },
      { label: 'Met' },
    ],
    rows: rows(data).map((row) => {
      const { found } = row
      if (!found) return [nameOf(row), null, null, null, null, null, null, null]
      const { largest, lastCommon, scoreDifference } = found
      return [
        nameOf(row),
        ...(largest.loss ? [signed(largest.loss.difference, 'score'), writeNumber(largest.loss.epoch, 'count')] : ['–', '–']),
        scoreDifference === null ? '–' : signed(scoreDifference, 'score'),
        ...(lastCommon
          ? [
              writeNumber(lastCommon.epoch, 'count'),
              writeNumber(lastCommon.ours, 'percent'),
              writeNumber(lastCommon.printed, 'percent'),
            ]
          : ['–', '–', '–']),
        whatIsMet(found),
      ]
    }),
    runs: reproducedRuns(data),
  }
}
