import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { median } from 'd3-array'
import { cacheFolder } from '../cache-folder.ts'
import { mainSeed } from '../catalogue.ts'
import type { Dataset } from '../dataset/dataset.ts'
import type { Engine } from '../engine/network.ts'
import { deleteCheckpoint, readCheckpoint, writeCheckpoint, type Checkpoint } from '../results/checkpoint.ts'
import { judgeRun, settingsThatCount } from '../results/freshness.ts'
import { recordPath, runLabel } from '../results/read-results.ts'
import { sha256 } from '../sha256.ts'
import { schemaVersion, type DatasetId, type Provenance, type RunRecord } from '../results/schema.ts'
import { writeRun } from '../results/write-run.ts'
import type { TrainingState } from '../training/train.ts'
import { runName, type PlannedRun } from './plan.ts'
import { trainAndScore } from './train-and-score.ts'

export interface ExecuteOptions {
  run: PlannedRun
  engine: Engine
  dataset: { dataset: Dataset; id: DatasetId }
  /** Ids of the behaviours the run rests on (see freshness). */
  behaviour: Record<string, string>
  /** Where records go. */
  resultsDir: string
  maxEpochs: number
  /** What the machine adds to the record. */
  machine: Omit<Provenance, 'engine' | 'engineVersion' | 'tensorflow' | 'peakMemoryBytes' | 'segments'>
  effects: {
    now(): Date
    seconds(): number
    peakMemoryBytes(): number
    /** Said once where the run goes on from a checkpoint. */
    onResume(epoch: number): void
    /** Said once where it begins at epoch 1 though there are checkpoints, of other settings, data, code or another engine: these are kept. */
    onBeginAnew(kept: string[]): void
    onStep(done: { epoch: number; step: number; steps: number }): Promise<void>
    onEpoch(state: TrainingState): void
  }
}

/**
 * Where a run's checkpoint is kept: apart for each results folder and key, outside git and the working tree. `KUZUSHIJI_CHECKPOINTS`
 * names another folder, the same for every results folder, for machines that carry it on.
 */
const checkpointPath = (resultsDir: string, run: PlannedRun, key: string): string =>
  join(
    process.env.KUZUSHIJI_CHECKPOINTS || cacheFolder('checkpoints', sha256(resultsDir).slice(0, 12)),
    `${runLabel(runName(run)).replaceAll('/', '_')}.${key.slice(0, 8)}.bin`,
  )

/** The checkpoints of the same run under other keys. */
function otherCheckpoints(file: string): string[] {
  const folder = dirname(file)
  const ofRun = basename(file).replace(/[^.]+\.bin$/, '')
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  return names
    .filter((name) => name.startsWith(ofRun) && name.endsWith('.bin') && name !== basename(file))
    .map((name) => join(folder, name))
}

/**
 * Trains one run, from its checkpoint where there is one, and leaves its record and what belongs beside it.
 * @throws where a fresh record would give way to one of fewer epochs: there is no checkpoint to go on from, or too early a one
 */
export async function executeRun(options: ExecuteOptions): Promise<RunRecord> {
  const { run, engine, dataset, effects } = options
  const { experiment, protocol, seed } = run
  const key = checkpointKey(options)
  const file = checkpointPath(options.resultsDir, run, key)
  const found = readCheckpoint(file)
  const checkpoint = found?.key === key ? found : undefined
  const others = otherCheckpoints(file)
  const known = freshRecord(options)
  // Another process has ended it since this one was told to train it.
  if (known && (known.status === 'converged' || known.epochs >= protocol.maxEpochs)) {
    deleteCheckpoint(file)
    return known
  }
  if (known?.status === 'stopped-at-budget' && known.epochs < protocol.maxEpochs && !checkpoint)
    throw new Error(
      `its record stopped after ${known.epochs} epochs, and its checkpoint ${file} is missing` +
        `${others.length ? ` (of other settings, data, code or another engine: ${others.join(', ')})` : ''}: it would begin at epoch 1. ` +
        `Put the checkpoint there, or delete ${recordPath(options.resultsDir, known)} to begin anew`,
    )
  if (checkpoint) effects.onResume(checkpoint.state.epoch)
  else if (others.length) effects.onBeginAnew(others)
  const sitting = startSitting(checkpoint, options)
  const from = checkpoint?.state.epoch ?? 0

  const { state, scored, examples } = await trainAndScore({
    run,
    engine,
    dataset: dataset.dataset,
    maxEpochs: options.maxEpochs,
    ...(checkpoint && { from: checkpoint.state }),
    effects: {
      seconds: effects.seconds,
      onStep: effects.onStep,
      onEpoch: (after) => {
        writeCheckpoint(file, { key, ...sitting(after.epoch), state: after })
        effects.onEpoch(after)
      },
    },
  })
  const own = state.epoch > from ? state.secondsPerEpoch.slice(from) : state.secondsPerEpoch
  const predictions = protocol.keepPredictions ? scored.predictions : null
  const weights = protocol.keepPredictions && seed === mainSeed(protocol) ? scored.weights : null
  const record: RunRecord = {
    schemaVersion,
    ...runName(run),
    settings: { experiment, protocol },
    dataset: dataset.id,
    behaviour: options.behaviour,
    status: state.stopped ? 'converged' : 'stopped-at-budget',
    epochs: state.epoch,
    scoredEpoch: scored.epoch,
    history: state.history,
    // Of this sitting's epochs, whose machine and threads the record names.
    timings: { secondsPerEpoch: state.secondsPerEpoch, imagesPerSecond: examples / median(own)! },
    evaluation: scored.evaluation,
    files: { predictions: predictions && sha256(predictions), weights: weights && sha256(weights) },
    provenance: {
      engine: engine.name,
      engineVersion: engine.version,
      tensorflow: engine.tensorflow,
      ...options.machine,
      ...sitting(state.epoch),
    },
  }
  const meanwhile = freshRecord(options)
  if (meanwhile && meanwhile.epochs > record.epochs)
    throw new Error(
      `it ended after ${record.epochs} epochs, and its record ${recordPath(options.resultsDir, record)} has ${meanwhile.epochs}: that one is kept`,
    )
  writeRun(options.resultsDir, record, { predictions, weights })
  // Only a run that stopped at a budget below its protocol's can be continued.
  if (state.stopped || state.epoch >= protocol.maxEpochs) deleteCheckpoint(file)
  return record
}

/** The run's record, where it is what training now would give. */
function freshRecord({ resultsDir, run, behaviour }: ExecuteOptions): RunRecord | undefined {
  const { verdict, record } = judgeRun(resultsDir, run, behaviour)
  return verdict === 'fresh' ? record : undefined
}

/**
 * What a run's numbers depend on: a checkpoint made under another key is not gone on from, nor written over, nor deleted. The native
 * engine's own code is in it as far as it changes what a part measures by more than engines differ in rounding (`nativeDifferences`).
 * The number of threads, which moves last digits, is not: the record has those of every sitting.
 */
function checkpointKey({ run, engine, dataset, behaviour }: ExecuteOptions): string {
  const { name, version, tensorflow } = engine
  return sha256(JSON.stringify([settingsThatCount(run), run.seed, { name, version, tensorflow }, dataset.id, behaviour]))
}

/** The segments and the peak memory of the run so far, this sitting's included, as of an epoch. */
function startSitting(checkpoint: Checkpoint | undefined, { effects, machine: { cpu, threads, commit } }: ExecuteOptions) {
  const start = effects.now().toISOString()
  const from = effects.seconds()
  const firstEpoch = (checkpoint?.state.epoch ?? 0) + 1
  return (lastEpoch: number): Pick<Provenance, 'segments' | 'peakMemoryBytes'> => ({
    segments: [
      ...(checkpoint?.segments ?? []),
      ...(lastEpoch >= firstEpoch
        ? [{ start, wallSeconds: effects.seconds() - from, firstEpoch, lastEpoch, cpu, threads, commit }]
        : []),
    ],
    peakMemoryBytes: Math.max(checkpoint?.peakMemoryBytes ?? 0, effects.peakMemoryBytes()),
  })
}
