import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Float16Array } from '@petamoriken/float16'
import { classCount, product, weightSpecs } from '../models/layers.ts'
import { readBySchema } from './read-by-schema.ts'
import { runRecordSchema, type RunRecord } from './schema.ts'
import { sha256 } from '../sha256.ts'

/** A file of the results that can't be what it should be; the message names file, path inside it and value. */
export class DamagedResultError extends Error {
  override name = 'DamagedResultError'
}

/** `corrected/cnn/seed-1`: as records are filed and messages name a run. */
export const runLabel = (run: { protocol: string; experiment: string; seed: number }): string =>
  `${run.protocol}/${run.experiment}/seed-${run.seed}`

export const recordPath = (resultsDir: string, run: { protocol: string; experiment: string; seed: number }) =>
  join(resultsDir, `${runLabel(run)}.json`)

const beside = (path: string, part: 'predictions' | 'weights') => path.replace(/\.json$/, `.${part}.bin`)
export const predictionsPath = (recordFile: string) => beside(recordFile, 'predictions')
export const weightsPath = (recordFile: string) => beside(recordFile, 'weights')

/** Parses one run record's text. Throws `DamagedResultError` naming `file`, the path inside it and the value found. */
export function parseRunRecord(text: string, file: string): RunRecord {
  const refuse = (why: string) => new DamagedResultError(`${file} is not a run record: ${why}`)
  return readBySchema(() => JSON.parse(text), runRecordSchema, refuse)
}

const misplaced = (file: string, record: RunRecord, place: string) =>
  new DamagedResultError(`${file} holds the run ${runLabel(record)}: it belongs at ${place}`)

/**
 * Reads one run record.
 * @throws DamagedResultError where it is none, or another run's than its path says
 */
export function readRunRecord(file: string): RunRecord {
  const record = parseRunRecord(readFileSync(file, 'utf8'), file)
  const place = recordPath('', record)
  if (!file.endsWith(place)) throw misplaced(file, record, place)
  return record
}

/** A record file that was refused: the run that its path names, and why. */
export interface DamagedRecord {
  protocol: string
  experiment: string
  seed: number
  error: DamagedResultError
}

/**
 * All run records below a results folder, ordered by protocol, experiment and seed, and the files that are none: damaged, or elsewhere
 * than they belong, where a copy would count as another run.
 */
export function readEachRecord(resultsDir: string): { records: RunRecord[]; damaged: DamagedRecord[] } {
  const records: RunRecord[] = []
  const damaged: DamagedRecord[] = []
  const names = existsSync(resultsDir) ? readdirSync(resultsDir, { recursive: true, encoding: 'utf8' }) : []
  for (const name of names.sort()) {
    const [seed] = /(?<=(?:^|[\\/])seed-)\d+(?=\.json$)/.exec(name) ?? []
    if (seed === undefined) continue
    const file = join(resultsDir, name)
    try {
      const record = readRunRecord(file)
      const place = recordPath(resultsDir, record)
      if (file !== place) throw misplaced(file, record, place)
      records.push(record)
    } catch (error) {
      if (!(error instanceof DamagedResultError)) throw error
      damaged.push({ protocol: dirname(dirname(name)), experiment: basename(dirname(name)), seed: Number(seed), error })
    }
  }
  records.sort(
    (a, b) => a.protocol.localeCompare(b.protocol, 'en') || a.experiment.localeCompare(b.experiment, 'en') || a.seed - b.seed,
  )
  return { records, damaged }
}

/** The same, of a folder in which every record should be whole. @throws DamagedResultError for the first that is not */
export function readRunRecords(resultsDir: string): RunRecord[] {
  const { records, damaged } = readEachRecord(resultsDir)
  if (damaged[0]) throw damaged[0].error
  return records
}

/** Float32 values rounded to float16, little-endian: the form of predictions and weights on disk. */
export function toFloat16Bytes(arrays: readonly Float32Array[]): Uint8Array {
  const length = arrays.reduce((sum, a) => sum + a.length, 0)
  const all = new Float16Array(length)
  let offset = 0
  for (const array of arrays) {
    all.set(array, offset)
    offset += array.length
  }
  return new Uint8Array(all.buffer)
}

let float16Values: Float32Array | undefined

/** Float16 values, little-endian, as float32. Looked up: decoding a network's weights one by one takes most of a second. */
export function fromFloat16Bytes(bytes: Uint8Array): Float32Array {
  float16Values ??= new Float32Array(new Float16Array(Uint16Array.from({ length: 1 << 16 }, (_, bits) => bits).buffer))
  const halves = new Uint16Array(new Uint8Array(bytes).buffer)
  const floats = new Float32Array(halves.length)
  for (let i = 0; i < halves.length; i++) floats[i] = float16Values[halves[i]!]!
  return floats
}

/** Of float16 values, little-endian, by their upper bytes: the exponent of an infinity or NaN is all ones. */
function areFinite(bytes: Uint8Array): boolean {
  for (let i = 1; i < bytes.length; i += 2) if ((bytes[i]! & 0x7c) === 0x7c) return false
  return true
}

/** Whether the logits and weights stored of a run are finite numbers; of a file that is missing, those say so who read it. */
export function isStoredFinite(resultsDir: string, record: RunRecord): boolean {
  const file = recordPath(resultsDir, record)
  const { predictions, weights } = record.files
  const stored = [predictions && predictionsPath(file), weights && weightsPath(file)]
  return stored.every((path) => !path || !existsSync(path) || areFinite(readFileSync(path)))
}

function readFloats(file: string, count: number, expectedSha: string | null): Float32Array {
  if (!existsSync(file))
    throw new DamagedResultError(`${file} is missing, and its record names it: put it back, or train the run again`)
  const bytes = readFileSync(file)
  if (bytes.length !== count * 2)
    throw new DamagedResultError(`${file} has ${bytes.length} bytes; ${count} float16 values take ${count * 2}`)
  const found = sha256(bytes)
  if (found !== expectedSha) throw new DamagedResultError(`${file} has SHA-256 ${found}, its record says ${expectedSha}`)
  return fromFloat16Bytes(bytes)
}

/**
 * Logits `[n, 10]` of the run's test images, or undefined where the run keeps none.
 * @throws DamagedResultError where the file is missing, cut or another than its record names
 */
export function readPredictions(resultsDir: string, record: RunRecord): Float32Array | undefined {
  if (!record.files.predictions) return undefined
  const file = predictionsPath(recordPath(resultsDir, record))
  return readFloats(file, record.evaluation.test.images * classCount, record.files.predictions)
}

/**
 * The scored weights in the order of `weightSpecs`, or undefined where the run keeps none.
 * @throws DamagedResultError as `readPredictions`
 */
export function readWeights(resultsDir: string, record: RunRecord): Float32Array[] | undefined {
  if (!record.files.weights) return undefined
  const specs = weightSpecs(record.settings.experiment.layers)
  const sizes = specs.map((spec) => product(spec.shape))
  const all = readFloats(
    weightsPath(recordPath(resultsDir, record)),
    sizes.reduce((a, b) => a + b, 0),
    record.files.weights,
  )
  let offset = 0
  return sizes.map((size) => all.subarray(offset, (offset += size)))
}
