import type { Dataset } from '../dataset/dataset.ts'
import type { Engine } from '../engine/network.ts'
import { examplesPerEpoch } from '../training/batches.ts'
import { train, type TrainingOptions, type TrainingState } from '../training/train.ts'
import type { PlannedRun } from './plan.ts'
import { runData } from './run-data.ts'
import { scoreRun, type RunScore } from './score-run.ts'

export interface TrainAndScoreOptions extends Pick<TrainingOptions, 'from' | 'maxEpochs' | 'effects'> {
  run: PlannedRun
  engine: Engine
  dataset: Dataset
}

/**
 * All that a run's numbers come from, without files: takes its images, trains its network and scores it.
 * @returns with `examples`: how many an epoch visits
 */
export async function trainAndScore({
  run: { experiment, protocol, seed },
  engine,
  dataset,
  ...options
}: TrainAndScoreOptions): Promise<{ state: TrainingState; scored: RunScore; examples: number }> {
  const { layers, augmented } = experiment
  const data = runData(dataset, protocol, seed)
  const network = engine.createNetwork({ layers, optimizer: protocol.optimizer, seed })
  try {
    const state = await train({ network, protocol, augmented, seed, data, ...options })
    const examples = examplesPerEpoch(data.training.labels.length, augmented ? protocol.augmentation : null)
    return { state, scored: scoreRun(network, data, state, protocol), examples }
  } finally {
    network.dispose()
  }
}
