import { mainSeed } from '../catalogue.ts'
import type { ImageSet } from '../dataset/dataset.ts'
import { imagesOfClass, kmnistId } from '../dataset/kmnist.ts'
import { scoreLogits } from '../evaluation/score.ts'
import { earlyStopping } from '../training/early-stopping.ts'
import { monitored } from '../training/improvement.ts'
import { reduceOnPlateau } from '../training/reduce-on-plateau.ts'
import { readPredictions, runLabel } from './read-results.ts'
import { sha256 } from '../sha256.ts'
import type { HistoryRow, RunRecord, Score } from './schema.ts'

/** Re-scoring elsewhere may differ by so many images in 10,000, and by so much in mean loss. */
export const rescoringTolerance = { imagesPerTenThousand: 3, loss: 1e-3 }

/** Whether two mean losses are further apart than a tolerance; one that is not finite, null, equals only another such. */
const lossesDiffer = (a: number | null, b: number | null, tolerance: number): boolean =>
  a === null || b === null ? a !== b : Math.abs(a - b) > tolerance

/** Differences between two scores of the same images; none where they agree within the tolerances (by default exactly). */
export function scoreDifferences(recorded: Score, found: Score, what: string, images = 0, loss = 1e-9): string[] {
  const differences: string[] = []
  if (recorded.images !== found.images) return [`${what} were ${recorded.images} images, are ${found.images}`]
  const moved = recorded.confusion.flat().reduce((sum, count, i) => sum + Math.abs(count - found.confusion.flat()[i]!), 0) / 2
  if (moved > images) differences.push(`${what}: the confusion matrix differs in ${moved} images (at most ${images} allowed)`)
  if (lossesDiffer(recorded.loss, found.loss, loss))
    differences.push(`${what}: loss recorded ${recorded.loss}, found ${found.loss}`)
  if (images === 0 && Math.abs(recorded.accuracy - found.accuracy) > 1e-12)
    differences.push(`${what}: accuracy recorded ${recorded.accuracy}, found ${found.accuracy}`)
  return differences
}

/** Where a record lacks what its protocol has a run leave, or was made of other images: what is missing can't be checked. */
export function contentDifferences({ seed, settings: { protocol }, dataset, evaluation, files }: RunRecord): string[] {
  const { validation, imagesPerClass, keepPredictions, testEachEpoch } = protocol
  const { training, test } = imagesPerClass ?? imagesOfClass
  const held = validation.from === 'training' ? validation.perClass : 0
  // The validation images are some of all training images, or besides so many.
  const sizes = { train: imagesPerClass ? training : training - held, validation: held, test }
  const kept = [
    ...(keepPredictions && !files.predictions ? ['predictions'] : []),
    ...(keepPredictions && seed === mainSeed(protocol) && !files.weights ? ['weights'] : []),
  ].map((name) => `files.${name} is null, but the protocol keeps ${name} of this run`)
  const criteria = (evaluation.alsoScored ?? []).map(({ chosenBy }) => chosenBy).join(', ')
  const wanted = testEachEpoch ? 'last, validation, test' : ''
  const audited =
    criteria === wanted ? [] : [`evaluation.alsoScored has "${criteria}", the protocol scores "${wanted}" besides its own epoch`]
  // Drawn characters stand in for some of the images only.
  const otherData = (imagesPerClass ? [] : Object.entries(kmnistId))
    .filter(([part, id]) => dataset[part as keyof typeof dataset] !== id)
    .map(([part, id]) => `dataset.${part} is ${dataset[part as keyof typeof dataset]}, Kuzushiji-MNIST's is ${id}`)
  const scored = [
    ...(['train', 'validation', 'test'] as const).map((set) => [`evaluation.${set}`, evaluation[set], sizes[set]] as const),
    ...(evaluation.alsoScored ?? []).map((one) => [`evaluation.alsoScored by ${one.chosenBy}`, one.test, test] as const),
  ]
  const otherSizes = scored.flatMap(([what, score, size]) =>
    (score?.confusion ?? [])
      .map((row, label) => [label, row.reduce((a, b) => a + b, 0)] as const)
      .filter(([, found]) => found !== size)
      .map(([label, found]) => `${what}: the confusion matrix has ${found} images of class ${label}, the protocol ${size}`),
  )
  return [...kept, ...audited, ...otherData, ...otherSizes]
}

/** Where what a record says of its epochs does not go together: their number, times, sittings, and what each was scored on. */
export function epochDifferences({ epochs, history, timings, provenance, settings: { protocol } }: RunRecord): string[] {
  const { secondsPerEpoch } = timings
  const reached = provenance.segments.reduce((last, { firstEpoch, lastEpoch }) => (firstEpoch === last + 1 ? lastEpoch : NaN), 0)
  const scoredOnTest = history.filter((row) => row.testAccuracy !== undefined && row.testLoss !== undefined).length
  const wanted = protocol.testEachEpoch ? history.length : 0
  return [
    ...(epochs > protocol.maxEpochs ? [`epochs is ${epochs}, the protocol's most ${protocol.maxEpochs}`] : []),
    ...(secondsPerEpoch.length === epochs
      ? []
      : [`timings.secondsPerEpoch has ${secondsPerEpoch.length} values for ${epochs} epochs`]),
    ...(reached === epochs ? [] : [`provenance.segments do not lead from epoch 1 to ${epochs} without a gap`]),
    ...(scoredOnTest === wanted
      ? []
      : [`${scoredOnTest} rows of the history have test scores, the protocol gives them to ${wanted}`]),
  ]
}

/**
 * All that a run's history depends on: not what its protocol is called, scores and keeps. Nor its rules for the rate and the end, which
 * are replayed: a history that obeys those of two protocols is what either would have given.
 */
function trainedBy({ seed, settings: { experiment, protocol } }: RunRecord): string {
  const { layers, augmented } = experiment
  const unused = { name: '', summary: '', score: '', keepPredictions: null, testEachEpoch: null }
  const replayed = { maxEpochs: null, plateau: null, stopping: null }
  const augmentation = augmented ? protocol.augmentation : null
  return JSON.stringify([seed, layers, augmented, { ...protocol, ...unused, ...replayed, augmentation }])
}

/** Runs whose history or predictions are those of a run that was to be trained otherwise: one of the two was not. */
export function copiedRuns(records: readonly RunRecord[]): Map<RunRecord, string> {
  const first = new Map<string, RunRecord>()
  const copies = new Map<RunRecord, string>()
  for (const record of records) {
    const { history, files } = record
    for (const mark of [
      `its history is that of ${sha256(JSON.stringify(history))}`,
      ...(files.predictions ? [`its predictions are those of ${files.predictions}`] : []),
    ]) {
      const other = first.get(mark)
      if (!other) first.set(mark, record)
      else if (trainedBy(other) !== trainedBy(record)) copies.set(record, mark.replace(/\S+$/, runLabel(other)))
    }
  }
  return copies
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
    if (plateau) rate = plateau.update(monitored(row[protocol.plateau!.monitor]), rate)
    if (stopping) stopped = stopping.update(row.epoch, monitored(row[protocol.stopping!.monitor]))
  })
  if (stopped !== (record.status === 'converged'))
    differences.push(`status is ${record.status}, but the stopping rule ${stopped ? 'fired' : 'did not fire'}`)
  const scored = protocol.score === 'last' ? history.length : bestEpoch(record)
  if (record.scoredEpoch !== scored) differences.push(`scoredEpoch is ${record.scoredEpoch}, the protocol's rule gives ${scored}`)
  return differences
}

/** What the history has of one set of images after an epoch. */
type Seen = (row: HistoryRow) => { accuracy: number; loss: number | null }
const seenOnValidation: Seen = (row) => ({ accuracy: row.valAccuracy, loss: row.valLoss })
const seenOnTest: Seen = (row) => ({ accuracy: row.testAccuracy ?? NaN, loss: row.testLoss ?? null })

/** The epoch of the highest accuracy; on ties of the lower loss, then the earlier. */
function bestEpoch({ history }: RunRecord, seen = seenOnValidation): number {
  const better = (a: ReturnType<Seen>, b: ReturnType<Seen>) =>
    a.accuracy > b.accuracy || (a.accuracy === b.accuracy && (a.loss ?? Infinity) < (b.loss ?? Infinity))
  return history.reduce((best, row) => (better(seen(row), seen(best)) ? row : best)).epoch
}

/**
 * Where the scores of a record are not what its history has for the epoch scored, beyond what rounding the weights can move; and epochs
 * of an audit that are not those its criteria choose. The one check of numbers that needs neither predictions nor weights.
 */
export function scoredEpochDifferences(record: RunRecord): string[] {
  const { evaluation, history, settings } = record
  const agree = (what: string, epoch: number, score: Score, seen: Seen): string[] => {
    const row = history[epoch - 1]
    if (!row) return [`${what} is of epoch ${epoch}, but the history has ${history.length} rows`]
    const { accuracy, loss } = seen(row)
    const images = Math.ceil((rescoringTolerance.imagesPerTenThousand * score.images) / 10_000)
    const close =
      Math.abs(accuracy - score.accuracy) * score.images <= images + 0.5 &&
      !lossesDiffer(loss, score.loss, rescoringTolerance.loss)
    return close
      ? []
      : [`${what}: accuracy ${score.accuracy}, loss ${score.loss}; the history has ${accuracy} and ${loss} after epoch ${epoch}`]
  }
  const { scoredEpoch } = record
  const ownSet =
    settings.protocol.validation.from === 'test'
      ? agree('evaluation.test', scoredEpoch, evaluation.test, seenOnValidation)
      : evaluation.validation
        ? agree('evaluation.validation', scoredEpoch, evaluation.validation, seenOnValidation)
        : ['evaluation.validation is missing']
  const chosen = { last: history.length, validation: bestEpoch(record), test: bestEpoch(record, seenOnTest) }
  const audited = (evaluation.alsoScored ?? []).flatMap(({ chosenBy, epoch, test }) => {
    const what = `evaluation.alsoScored, chosen by ${chosenBy}`
    if (epoch !== chosen[chosenBy]) return [`${what}: epoch is ${epoch}, the history gives ${chosen[chosenBy]}`]
    return agree(what, epoch, test, seenOnTest)
  })
  return [...ownSet, ...audited]
}

/** Recomputes a record's test metrics from its stored predictions. @param test the protocol's test images, or undefined without data */
export function predictionDifferences(resultsDir: string, record: RunRecord, test: ImageSet | undefined): string[] {
  const logits = readPredictions(resultsDir, record)
  if (!logits || !test) return []
  return scoreDifferences(record.evaluation.test, scoreLogits(logits, test.labels), 'the stored predictions')
}
