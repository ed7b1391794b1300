import type { ImageSet } from '../dataset/dataset.ts'
import type { Network, NetworkState } from '../engine/network.ts'
import { scoreLogits } from '../evaluation/score.ts'
import type { HistoryRow } from '../results/schema.ts'
import { epochBatches, examplesPerEpoch } from './batches.ts'
import { earlyStopping } from './early-stopping.ts'
import { monitored } from './improvement.ts'
import type { Protocol } from './protocol.ts'
import { reduceOnPlateau } from './reduce-on-plateau.ts'

/** Weights worth keeping, and why: the epoch's own numbers. */
export interface Snapshot {
  epoch: number
  accuracy: number
  loss: number | null
  weights: Float32Array[]
}

/** Everything that training after an epoch depends on, and what it has found so far: what a checkpoint holds. */
export interface TrainingState {
  /** Epochs done. */
  epoch: number
  /** Updates done. */
  step: number
  /** The next epoch's learning rate. */
  rate: number
  /** The stopping rule has fired. */
  stopped: boolean
  history: HistoryRow[]
  secondsPerEpoch: number[]
  plateau: unknown
  stopping: unknown
  network: NetworkState
  /** The best epoch so far by validation accuracy, on ties by the lower loss; null where the protocol keeps none. */
  bestByValidation: Snapshot | null
  /** The same by the test set: audits only. */
  bestByTest: Snapshot | null
}

export interface TrainingOptions {
  network: Network
  protocol: Protocol
  augmented: boolean
  seed: number
  data: { training: ImageSet; validation: ImageSet; test: ImageSet }
  /** Go on after this state, as if never stopped. */
  from?: TrainingState
  /** Epochs in all, at most; never above the protocol's. */
  maxEpochs: number
  effects: {
    /** Seconds, of any clock that only goes forward. */
    seconds(): number
    /** Called after each epoch, before the next begins: the place for checkpoints. */
    onEpoch(state: TrainingState): void
    /** Called every few steps; lets signals and messages through. */
    onStep(done: { epoch: number; step: number; steps: number }): Promise<void>
  }
}

const finite = (value: number) => (Number.isFinite(value) ? value : null)

/** The loop: trains until the stopping rule fires or the epochs are used up, and returns the state after the last epoch. */
export async function train(options: TrainingOptions): Promise<TrainingState> {
  const { network, protocol, seed, data, effects } = options
  const augmentation = options.augmented ? protocol.augmentation : null
  const plateau = protocol.plateau && reduceOnPlateau(protocol.plateau)
  const stopping = protocol.stopping && earlyStopping(protocol.stopping)
  const examples = examplesPerEpoch(data.training.labels.length, augmentation)
  const steps = Math.ceil(examples / protocol.batchSize)

  const state: TrainingState = options.from ?? {
    epoch: 0,
    step: 0,
    rate: protocol.optimizer.rate,
    stopped: false,
    history: [],
    secondsPerEpoch: [],
    plateau: plateau?.state() ?? null,
    stopping: stopping?.state() ?? null,
    network: network.readState(),
    bestByValidation: null,
    bestByTest: null,
  }
  if (options.from) {
    network.writeState(state.network)
    plateau?.restore(state.plateau as never)
    stopping?.restore(state.stopping as never)
  }

  while (!state.stopped && state.epoch < Math.min(options.maxEpochs, protocol.maxEpochs)) {
    const epoch = state.epoch + 1
    const start = effects.seconds()

    // One pass over the training images.
    let loss = 0
    let correct = 0
    let inEpoch = 0
    for (const batch of epochBatches(data.training, { batchSize: protocol.batchSize, seed, epoch, augmentation })) {
      const sums = network.trainStep(batch, state.rate, ++state.step)
      loss += sums.loss
      correct += sums.correct
      if (++inEpoch % 20 === 0 || inEpoch === steps) await effects.onStep({ epoch, step: inEpoch, steps })
    }

    // Scored without dropout.
    const validation = scoreLogits(network.logits(data.validation.images), data.validation.labels)
    const test = protocol.testEachEpoch ? scoreLogits(network.logits(data.test.images), data.test.labels) : null
    const row: HistoryRow = {
      epoch,
      loss: finite(loss / examples),
      accuracy: correct / examples,
      valLoss: validation.loss,
      valAccuracy: validation.accuracy,
      learningRate: state.rate,
      ...(test && { testLoss: test.loss, testAccuracy: test.accuracy }),
    }

    // What the rules make of it.
    if (plateau) state.rate = plateau.update(monitored(row[protocol.plateau!.monitor]), state.rate)
    if (stopping) state.stopped = stopping.update(epoch, monitored(row[protocol.stopping!.monitor]))

    state.epoch = epoch
    state.history.push(row)
    state.secondsPerEpoch.push(effects.seconds() - start)
    state.plateau = plateau?.state() ?? null
    state.stopping = stopping?.state() ?? null
    state.network = network.readState()
    const keep = (best: Snapshot | null, score: { accuracy: number; loss: number | null }) =>
      isBetter(score, best) ? { epoch, accuracy: score.accuracy, loss: score.loss, weights: state.network.weights } : best
    if (protocol.score === 'best' || test) state.bestByValidation = keep(state.bestByValidation, validation)
    if (test) state.bestByTest = keep(state.bestByTest, test)
    effects.onEpoch(state)
  }
  return state
}

function isBetter(score: { accuracy: number; loss: number | null }, best: Snapshot | null): boolean {
  if (!best || score.accuracy > best.accuracy) return true
  return score.accuracy === best.accuracy && (score.loss ?? Infinity) < (best.loss ?? Infinity)
}
