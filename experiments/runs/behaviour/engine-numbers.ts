import type { Engine, Network } from '../../engine/network.ts'
import { dense, flatten, type Layer } from '../../models/layers.ts'
import { modelPart, type Behaviour } from '../../results/behaviour.ts'
import type { Optimizer } from '../../training/protocol.ts'
import { digest } from './digest.ts'
import { pictures } from './pictures.ts'
import { seed } from './seed.ts'
import { startingWeights } from './starting-weights.ts'

/** How weights changed, enlarged: entries are small, and tolerances are of whole ones. */
const changes = (before: readonly Float32Array[], after: readonly Float32Array[], times: number): number[] =>
  after.flatMap((values, i) => digest(values.map((value, j) => times * (value - before[i]![j]!))))

/** Three steps of a layer without dropout, the last by another network that goes on from the state; what is in it after them. */
function optimizer(engine: Engine, settings: Optimizer): number[] {
  const networks = [1, 2].map(() => engine.createNetwork({ layers: [flatten(), dense(10)], optimizer: settings, seed }))
  const [first, second] = networks as [Network, Network]
  try {
    const initial = first.readState().weights
    const step = (network: Network, k: number) => network.trainStep(pictures(2 + k), settings.rate / k, k).loss
    const losses = [step(first, 1), step(first, 2)]
    second.writeState(first.readState())
    losses.push(step(second, 3))
    const { weights, slots } = second.readState()
    return [...losses, ...changes(initial, weights, 100), ...slots.flatMap(digest)]
  } finally {
    networks.forEach((network) => network.dispose())
  }
}

export const optimizerParts = (engine: Engine): Behaviour => ({
  'optimizer/adadelta': optimizer(engine, { kind: 'adadelta', rate: 1, rho: 0.95, epsilon: 1e-7 }),
  'optimizer/sgd': optimizer(engine, { kind: 'sgd', rate: 0.1, momentum: 0.9 }),
  'optimizer/adam': optimizer(engine, { kind: 'adam', rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }),
})

/**
 * A step of a model with dropout, and its logits before: by plain gradient descent, so that the changes are the gradients, at a rate so
 * high that float32 has enough of their digits.
 */
function model(engine: Engine, layers: readonly Layer[]): number[] {
  const rate = 1000
  const network = engine.createNetwork({ layers, optimizer: { kind: 'sgd', rate, momentum: 0 }, seed })
  try {
    const weights = startingWeights(layers)
    network.writeState({ weights, slots: network.readState().slots })
    const logits = network.logits(pictures(2).images)
    const { loss, correct } = network.trainStep(pictures(3), rate, 2)
    return [...logits, loss, correct, ...changes(weights, network.readState().weights, 100 / rate)]
  } finally {
    network.dispose()
  }
}

/** An engine may refuse a model that another trains. */
function modelOrRefusal(engine: Engine, layers: readonly Layer[]): number[] {
  try {
    return model(engine, layers)
  } catch {
    return [0]
  }
}

/** What an engine makes of models (0: it refuses it) and of each optimizer, by the part's name: of all engines the same, but for rounding. */
export const engineNumbers = (engine: Engine, models: readonly (readonly Layer[])[]): Behaviour => ({
  ...Object.fromEntries(models.map((layers) => [modelPart(layers), modelOrRefusal(engine, layers)])),
  ...optimizerParts(engine),
})
