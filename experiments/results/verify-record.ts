import type { ImageSet } from '../dataset/dataset.ts'
import { scoreLogits } from '../evaluation/score.ts'
import { earlyStopping } from '../training/early-stopping.ts'
import { reduceOnPlateau } from '../training/reduce-on-plateau.ts'
import { readPredictions } from './read-results.ts'
import type { RunRecord, Score } from './schema.ts'

/** Re-scoring elsewhere may differ by so many images in 10,000, and by so much in mean loss. */
export const rescoringTolerance = { imagesPerTenThousand: 3, loss: 1e-3 }

/** Differences between two scores of the same images; none where they agree within the tolerances (by default exactly). */
export function scoreDifferences(recorded: Score, found: Score, what: string, images = 0, loss = 1e-9): string[] {
  const differences: string[] = []
  if (recorded.images !== found.images) return [`${what} were ${recorded.images} images, are ${found.images}`]
  const moved = recorded.confusion.flat().reduce((sum, count, i) => sum + Math.abs(count - found.confusion.flat()[i]!), 0) / 2
  if (moved > images) differences.push(`${what}: the confusion matrix differs in ${moved} images (at most ${images} allowed)`)
  if (Math.abs((recorded.loss ?? 0) - (found.loss ?? 0)) > loss || (recorded.loss === null) !== (found.loss === null))
    differences.push(`${what}: loss recorded ${recorded.loss}, found ${found.loss}`)
  if (images === 0 && Math.abs(recorded.accuracy - found.accuracy) > 1e-12)
    differences.push(`${what}: accuracy recorded ${recorded.accuracy}, found ${found.accuracy}`)
  return differences
}

/** What a record's history must obey: its own protocol's rules, replayed from the monitored values. */
export function historyDifferences(record: RunRecord): string[] {
  const { history } = record
  const { protocol } = record.settings
  if (history.length !== record.epochs) return [`epochs is ${record.epochs}, but the history has ${history.length} rows`]
  const differences: string[] = []
  const plateau = protocol.plateau && reduceOnPlateau(protocol.plateau)
  const stopping = protocol.stopping && earlyStopping(protocol.stopping)
  let rate = protocol.optimizer.rate
  let stopped = false
  history.forEach((row, i) => {
    if (row.epoch !== i + 1) differences.push(`row ${i + 1} of the history has epoch ${row.epoch}`)
    if (stopped) differences.push(`epoch ${row.epoch} was trained after the stopping rule fired`)
    // Records are read back from decimal text: the rates agree to the last bits only.
    if (Math.abs(row.learningRate - rate) > 1e-9 * rate)
      differences.push(`epoch ${row.epoch} has rate ${row.learningRate}, the rule gives ${rate}`)
    const value = (name: 'valLoss' | 'valAccuracy') => row[name] ?? NaN
    if (plateau) rate = plateau.update(value(protocol.plateau!.monitor), rate)
    if (stopping) stopped = stopping.update(row.epoch, value(protocol.stopping!.monitor))
  })
  if (stopped !== (record.status === 'converged'))
    differences.push(`status is ${record.status}, but the stopping rule ${stopped ? 'fired' : 'did not fire'}`)
  const scored = protocol.score === 'last' ? history.length : bestEpoch(record)
  if (record.scoredEpoch !== scored) differences.push(`scoredEpoch is ${record.scoredEpoch}, the protocol's rule gives ${scored}`)
  return differences
}

function bestEpoch({ history }: RunRecord): number {
  const better = (a: RunRecord['history'][number], b: RunRecord['history'][number]) =>
    a.valAccuracy > b.valAccuracy || (a.valAccuracy === b.valAccuracy && (a.valLoss ?? Infinity) < (b.valLoss ?? Infinity))
  return history.reduce((best, row) => (better(row, best) ? row : best)).epoch
}

/** Recomputes a record's test metrics from its stored predictions. @param test the protocol's test images, or undefined without data */
export function predictionDifferences(resultsDir: string, record: RunRecord, test: ImageSet | undefined): string[] {
  const logits = readPredictions(resultsDir, record)
  if (!logits || !test) return []
  return scoreDifferences(record.evaluation.test, scoreLogits(logits, test.labels), 'the stored predictions')
}
