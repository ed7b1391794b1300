import type { Network } from '../engine/network.ts'
import { scoreLogits } from '../evaluation/score.ts'
import { fromFloat16Bytes, toFloat16Bytes } from '../results/read-results.ts'
import type { RunRecord } from '../results/schema.ts'
import type { Protocol } from '../training/protocol.ts'
import type { TrainingState } from '../training/train.ts'
import type { RunData } from './run-data.ts'

export interface RunScore {
  epoch: number
  evaluation: RunRecord['evaluation']
  /** Float16 logits of the test images. */
  predictions: Uint8Array
  /** Float16 weights that were scored. */
  weights: Uint8Array
}

/**
 * Scores a trained run by the weights its protocol chooses, after rounding them to float16; test metrics come from logits rounded
 * likewise: what is published is exactly what was scored.
 */
export function scoreRun(network: Network, data: RunData, state: TrainingState, protocol: Protocol): RunScore {
  const last = { epoch: state.epoch, weights: state.network.weights }
  const { bestByValidation, bestByTest } = state
  const chosen = (protocol.score === 'best' ? bestByValidation : null) ?? last

  const weights = toFloat16Bytes(chosen.weights)
  loadRounded(network, weights, state)
  const predictions = toFloat16Bytes([network.logits(data.test.images)])
  const evaluation: RunRecord['evaluation'] = {
    train: scoreLogits(network.logits(data.training.images), data.training.labels),
    ...(protocol.validation.from === 'training' && {
      validation: scoreLogits(network.logits(data.validation.images), data.validation.labels),
    }),
    test: scoreLogits(fromFloat16Bytes(predictions), data.test.labels),
  }
  if (bestByValidation && bestByTest) {
    const candidates = { last, validation: bestByValidation, test: bestByTest }
    evaluation.alsoScored = (['last', 'validation', 'test'] as const).map((chosenBy) => {
      const { epoch, weights: candidate } = candidates[chosenBy]
      loadRounded(network, toFloat16Bytes(candidate), state)
      const logits = fromFloat16Bytes(toFloat16Bytes([network.logits(data.test.images)]))
      return { chosenBy, epoch, test: scoreLogits(logits, data.test.labels) }
    })
  }
  return { epoch: chosen.epoch, evaluation, predictions, weights }
}

function loadRounded(network: Network, bytes: Uint8Array, state: TrainingState): void {
  const all = fromFloat16Bytes(bytes)
  let offset = 0
  const weights = state.network.weights.map(({ length }) => all.subarray(offset, (offset += length)))
  network.writeState({ weights, slots: state.network.slots })
}
