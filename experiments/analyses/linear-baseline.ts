import type { Engine, Network } from '../engine/network.ts'
import { classCount, dense, flatten } from '../models/layers.ts'
import type { Protocol } from '../training/protocol.ts'
import { train, type TrainingOptions } from '../training/train.ts'

/**
 * Softmax regression, trained as a protocol trains the networks: the linear baseline, with the weights of its best validation epoch.
 * The caller disposes of it.
 * @param data of the protocol's split for the seed
 */
export async function linearBaseline(
  data: TrainingOptions['data'],
  engine: Engine,
  protocol: Protocol,
  seed: number,
): Promise<Network> {
  const network = engine.createNetwork({ layers: [flatten(), dense(classCount)], optimizer: protocol.optimizer, seed })
  const { bestByValidation, network: last } = await train({
    network,
    protocol,
    augmented: false,
    seed,
    data,
    maxEpochs: protocol.maxEpochs,
    effects: { seconds: () => 0, onEpoch: () => {}, onStep: () => Promise.resolve() },
  })
  network.writeState({ weights: bestByValidation!.weights, slots: last.slots })
  return network
}
