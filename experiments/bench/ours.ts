/** The process of this project's side: the same requests as the peers', answered by the native engine. Started by `contender.ts`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { augmentImage } from '../augmentation/augment.ts'
import { pixels, type ImageSet } from '../dataset/dataset.ts'
import { findNative } from '../engine/native/install.ts'
import { matrixMultiplySpeed } from '../engine/native/matrix-multiply.ts'
import { nativeEngine } from '../engine/native/native-engine.ts'
import { loadTensorFlow } from '../engine/native/session.ts'
import type { Batch, Network } from '../engine/network.ts'
import { parameterCount } from '../models/layers.ts'
import { findProtocol } from '../runs/plan.ts'
import { runData } from '../runs/run-data.ts'
import { epochBatches } from '../training/batches.ts'
import { train } from '../training/train.ts'
import type { ContenderConfiguration, ModelName } from './contender.ts'

const told = JSON.parse(process.argv[2]!) as ContenderConfiguration
const folder = findNative()!
const engine = nativeEngine(folder, told.threads)
const clock = () => performance.now()
const bytes = (name: string) => new Uint8Array(readFileSync(join(told.data, name)))
const set: ImageSet = { images: bytes('images.bin'), labels: bytes('labels.bin') }
const order = new Uint32Array(bytes('order.bin').buffer)
const networks = new Map<ModelName, Network>()
let shown = 0
let updates = 0

/** The next batch of the given order, as `epochBatches` makes it. */
function nextBatch(): Batch {
  if (shown + told.batchSize > order.length) shown = 0
  const chosen = order.subarray(shown, (shown += told.batchSize))
  const images = new Uint8Array(chosen.length * pixels)
  const labels = new Uint8Array(chosen.length)
  chosen.forEach((image, i) => {
    images.set(set.images.subarray(image * pixels, (image + 1) * pixels), i * pixels)
    labels[i] = set.labels[image]!
  })
  return { images, labels }
}

/** A batch of augmented images, each transform drawn anew; the draws and all as `epochBatches` makes them. */
function* augmentedBatches(): Generator<Batch> {
  for (let epoch = 1; ; epoch++)
    yield* epochBatches(set, { batchSize: told.batchSize, seed: 1, epoch, augmentation: told.augmentation })
}

function timed<Result extends object>(work: () => Result) {
  const start = clock()
  const result = work()
  return { ...result, ms: clock() - start }
}

const networkOf = (model: ModelName) => networks.get(model)!
const step = (model: ModelName, batch: Batch) =>
  networkOf(model).trainStep(batch, told.optimizer.rate, ++updates).loss / batch.labels.length
const augmented = augmentedBatches()
let multiply: ((milliseconds: number) => number) | undefined

const handlers: Record<string, (details: never) => object | Promise<object>> = {
  choose({ model }: { model: ModelName }) {
    const layers = told.models[model]!
    networks.get(model)?.dispose()
    networks.set(model, engine.createNetwork({ layers, optimizer: told.optimizer, seed: 1 }))
    for (let i = 0; i < 3; i++) step(model, nextBatch())
    networkOf(model).logits(set.images.subarray(0, told.evaluationBatch * pixels))
    return { setting: 'one graph', tried: {}, parameters: parameterCount(layers), granularity: 1 }
  },
  train: ({ model, steps }: { model: ModelName; steps: number }) =>
    timed(() => {
      let loss = NaN
      for (let i = 0; i < steps; i++) loss = step(model, nextBatch())
      return { loss }
    }),
  trainAugmented: ({ model, steps }: { model: ModelName; steps: number }) =>
    timed(() => {
      let loss = NaN
      for (let i = 0; i < steps; i++) loss = step(model, augmented.next().value as Batch)
      return { loss }
    }),
  evaluate: ({ model, batches }: { model: ModelName; batches: number }) =>
    timed(() => {
      const size = told.evaluationBatch * pixels
      for (let i = 0; i < batches; i++) {
        const at = (i * size) % (set.images.length - size + 1)
        networkOf(model).logits(set.images.subarray(at, at + size))
      }
      return { images: batches * told.evaluationBatch }
    }),
  augment: ({ batches }: { batches: number }) =>
    timed(() => {
      const target = new Float32Array(told.batchSize * pixels)
      for (let b = 0; b < batches; b++)
        for (let i = 0; i < told.batchSize; i++) {
          const image = order[(b * told.batchSize + i) % order.length]!
          augmentImage(set.images, image * pixels, target, i * pixels, told.augmentation, 1, b, image)
        }
      return { images: batches * told.batchSize }
    }),
  multiply({ ms }: { ms: number }) {
    multiply ??= matrixMultiplySpeed(loadTensorFlow(folder, told.threads), clock)
    return { gigaflops: multiply(ms) }
  },
  /** One epoch of the real training loop on so many images, a twelfth of them for validation. */
  async epoch({ model, images, augmented }: { model: ModelName; images: number; augmented: boolean }) {
    const protocol = { ...findProtocol('corrected'), validation: { from: 'training' as const, perClass: images / 120 } }
    const part = { images: set.images.subarray(0, images * pixels), labels: set.labels.subarray(0, images) }
    const data = runData({ train: part, test: part }, protocol, 1)
    const start = clock()
    await train({
      network: networkOf(model),
      protocol,
      augmented,
      seed: 1,
      data,
      maxEpochs: 1,
      effects: { seconds: () => 0, onEpoch: () => {}, onStep: async () => {} },
    })
    return { seconds: (clock() - start) / 1000 }
  },
}

const answer = (message: object) => void process.stdout.write(`${JSON.stringify(message)}\n`)
answer({ versions: `${engine.version}, TensorFlow ${engine.tensorflow}` })
for await (const line of createInterface({ input: process.stdin })) {
  const { do: request, ...details } = JSON.parse(line) as { do: string }
  try {
    answer(await handlers[request]!(details as never))
  } catch (error) {
    answer({ error: (error as Error).message })
  }
}
process.exit()
