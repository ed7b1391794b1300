import { comparableRuns, judgePairedRuns, testPairedRuns } from '../analyses/paired-runs.ts'
import { loadEngine } from '../engine/choose.ts'
import type { Engine } from '../engine/network.ts'
import { usableNative, whyNoneUsable } from '../engine/usable-native.ts'
import { scoreLogits } from '../evaluation/score.ts'
import {
  DamagedResultError,
  readPredictions,
  readEachRecord,
  readWeights,
  runLabel,
  fromFloat16Bytes,
  toFloat16Bytes,
} from '../results/read-results.ts'
import type { RunRecord } from '../results/schema.ts'
import {
  contentDifferences,
  copiedRuns,
  epochDifferences,
  historyDifferences,
  predictionDifferences,
  rescoringTolerance,
  scoredEpochDifferences,
  scoreDifferences,
} from '../results/verify-record.ts'
import { predictedClasses } from '../statistics/predicted-classes.ts'
import type { Protocol } from '../training/protocol.ts'
import { letSignalsThrough } from '../let-signals-through.ts'
import { loadDataset, NoDatasetError } from '../runs/load-dataset.ts'
import { analysisJobs } from './analysis-jobs.ts'
import { runData, type RunData } from '../runs/run-data.ts'

/**
 * Re-reads every record, replays its rules, recomputes its metrics from the stored predictions and scores its weights anew, as far as
 * data and engine are there. Prints a verdict for each. Returns the exit code: 1 on any difference, and where something that is there
 * can't be read.
 */
export async function verifyCommand(resultsDir: string): Promise<number> {
  const { records, damaged } = readEachRecord(resultsDir)
  for (const { error } of damaged) console.log(`DAMAGED   ${error.message}`)
  if (records.length === 0) {
    console.error(`there are no ${damaged.length ? 'other ' : ''}run records in ${resultsDir}`)
    return 1
  }
  const problems: string[] = []
  const engine = await engineHere(problems)
  const dataOf = dataReader(problems)
  let failures = damaged.length
  let unscored = 0
  const copies = copiedRuns(records)
  for (const record of records) {
    const name = runLabel(record)
    const { differences, done, scored } = await verifyRecord(resultsDir, record, engine, dataOf)
    differences.push(...(copies.has(record) ? [copies.get(record)!] : []))
    if (differences.length) failures++
    if (record.files.predictions && !scored) unscored++
    console.log(
      differences.length
        ? `DIFFERS   ${name}\n${differences.map((d) => `          ${d}`).join('\n')}`
        : `verified  ${name}: ${done.join('; ')}`,
    )
  }
  const withoutPairs: string[] = []
  for (const protocol of new Set(records.map((record) => record.protocol))) {
    await letSignalsThrough()
    const found = await verifyPairs(resultsDir, protocol, records, dataOf)
    if (found === 'no pairs') withoutPairs.push(protocol)
    else console.log(`${found.verdict.padEnd(10)}${protocol}: ${found.what}`)
    if (found !== 'no pairs' && found.verdict === 'DIFFERS') failures++
  }
  if (withoutPairs.length)
    console.log(`nothing   no tests of pairs, for no two runs of one seed keep predictions: ${withoutPairs.join(', ')}`)
  const notMade: string[] = []
  for (const { label, verify } of analysisJobs(resultsDir, records)) {
    const differences = verify()
    if (differences === null) {
      notMade.push(label)
      continue
    }
    if (differences.length) failures++
    console.log(
      differences.length
        ? `DIFFERS   analysis ${label}: ${differences.join('; ')}`
        : `verified  analysis ${label}: of these inputs; its checksum holds`,
    )
  }
  if (notMade.length) console.log(`nothing   analyses that were not made (npm run experiments -- analyse): ${notMade.join(', ')}`)
  failures += problems.length
  const withoutPredictions = records.filter((record) => !record.files.predictions).length
  console.log(
    (failures
      ? `${failures} found to differ, damaged or unreadable: see above; ${records.length} records were read`
      : `${records.length} records ${unscored ? 'read' : 'verified'}, none differs`) +
      (withoutPredictions ? `; test scores unchecked in ${withoutPredictions}, which keep no predictions` : '') +
      (unscored ? `; predictions unscored in ${unscored}, whose data set is not here` : ''),
  )
  return failures ? 1 : 0
}

/** The native engine, or undefined, after a line that says why. */
async function engineHere(problems: string[]): Promise<Engine | undefined> {
  const without = 'weights are not scored anew'
  const folder = usableNative()
  if (folder === undefined) {
    console.log(`${whyNoneUsable()}: ${without}`)
    return undefined
  }
  try {
    return await loadEngine({ folder }, 2)
  } catch (error) {
    const { message } = error as Error
    console.log(`UNREAD    the native engine: ${message}\n${without}`)
    problems.push(message)
    return undefined
  }
}

interface PairsVerdict {
  verdict: 'verified' | 'DIFFERS' | 'unchecked'
  what: string
}
const anew = 'npm run experiments -- analyse makes them anew'

/** The stored tests of pairs against those of today's predictions: whole, of these very predictions, and the same. */
async function verifyPairs(
  resultsDir: string,
  protocol: string,
  all: readonly RunRecord[],
  dataOf: DataOf,
): Promise<PairsVerdict | 'no pairs'> {
  const records = comparableRuns(protocol, all)
  try {
    const judged = judgePairedRuns(resultsDir, protocol, records)
    if (!judged) return 'no pairs'
    const { result: stored, verdict, reasons } = judged
    if (!stored) return { verdict: 'DIFFERS', what: `the stored tests of pairs are ${verdict}: ${reasons.join('; ')} (${anew})` }
    const data = await dataOf(records[0]!)
    const tests = `${stored.pairs.length} ${stored.pairs.length === 1 ? 'test' : 'tests'} of pairs of runs`
    if (!data) return { verdict: 'unchecked', what: `${tests}: of these predictions, but not computed again, no data set here` }
    const found = testPairedRuns(records, (record) => predictedClasses(readPredictions(resultsDir, record)!), data.test.labels)
    return JSON.stringify(stored) === JSON.stringify(found)
      ? { verdict: 'verified', what: `${tests}, computed again` }
      : { verdict: 'DIFFERS', what: `the stored tests of pairs are not what the predictions give (${anew})` }
  } catch (error) {
    if (!(error instanceof DamagedResultError)) throw error
    return { verdict: 'DIFFERS', what: error.message }
  }
}

async function verifyRecord(resultsDir: string, record: RunRecord, engine: Engine | undefined, dataOf: DataOf) {
  await letSignalsThrough()
  const done = ['rules replayed, scores those of the epoch kept']
  const differences = [
    ...contentDifferences(record),
    ...epochDifferences(record),
    ...historyDifferences(record),
    ...scoredEpochDifferences(record),
  ]
  let scored = false
  try {
    const { predictions, weights: keepsWeights } = record.files
    const data = predictions || keepsWeights ? await dataOf(record) : undefined
    scored = data !== undefined
    differences.push(...predictionDifferences(resultsDir, record, data?.test))
    if (predictions)
      done.push(data ? 'metrics recomputed from the predictions' : 'predictions whole, but not scored: no data set here')
    else done.push('test scores unchecked: the run keeps no predictions')
    const weights = readWeights(resultsDir, record)
    if (weights && data && engine) {
      const anew = rescore(record, weights, data, engine)
      differences.push(...anew.differences)
      done.push(anew.summary)
    } else if (!weights) done.push('training scores unchecked: the run keeps no weights')
  } catch (error) {
    if (!(error instanceof DamagedResultError)) throw error
    differences.push(error.message)
  }
  return { differences, done, scored }
}

type DataOf = (record: RunRecord) => Promise<RunData | undefined>

/**
 * Gives the images of a record's run, or undefined where its data set is not at hand; each data set is read once.
 * @param problems what stands in the way of one that is at hand, or should be, is said and added here
 */
function dataReader(problems: string[]): DataOf {
  const read = new Map<string, ReturnType<typeof loadOrUndefined>>()
  return async ({ settings: { protocol }, dataset: expected, seed }) => {
    const key = JSON.stringify([protocol.imagesPerClass, protocol.imagesPerClass && protocol.validation])
    if (!read.has(key)) read.set(key, loadOrUndefined(protocol, problems))
    const found = await read.get(key)
    // Drawn smoke records are not scored against real data, nor the reverse.
    return found && JSON.stringify(found.id) === JSON.stringify(expected) ? runData(found.dataset, protocol, seed) : undefined
  }
}

async function loadOrUndefined(protocol: Protocol, problems: string[]) {
  try {
    return await loadDataset(protocol, { download: false, log: () => {} })
  } catch (error) {
    if (error instanceof NoDatasetError) return undefined
    const { message } = error as Error
    console.log(`UNREAD    the data set: ${message}`)
    problems.push(message)
    return undefined
  }
}

function rescore(record: RunRecord, weights: Float32Array[], { training, validation, test }: RunData, engine: Engine) {
  const { layers } = record.settings.experiment
  const network = engine.createNetwork({ layers, optimizer: record.settings.protocol.optimizer, seed: record.seed })
  try {
    network.writeState({ ...network.readState(), weights })
    const score = (set: RunData['test']) => scoreLogits(network.logits(set.images), set.labels)
    const rounded = fromFloat16Bytes(toFloat16Bytes([network.logits(test.images)]))
    const { evaluation } = record
    const pairs = [
      ['the test images', evaluation.test, scoreLogits(rounded, test.labels)],
      ['the training images', evaluation.train, score(training)],
      ...(evaluation.validation ? [['the validation images', evaluation.validation, score(validation)] as const] : []),
    ] as const
    const differences = pairs.flatMap(([what, recorded, found]) =>
      scoreDifferences(
        recorded,
        found,
        what,
        Math.ceil((rescoringTolerance.imagesPerTenThousand * found.images) / 10_000),
        rescoringTolerance.loss,
      ),
    )
    const shift = Math.round(Math.abs(pairs[0][1].accuracy - pairs[0][2].accuracy) * test.labels.length)
    return {
      differences,
      summary: `weights scored anew: ${shift === 0 ? 'the same number' : `${shift} more or fewer`} of ${test.labels.length} test images right`,
    }
  } finally {
    network.dispose()
  }
}
