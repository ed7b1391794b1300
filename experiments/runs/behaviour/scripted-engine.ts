import { pixels, type ImageSet } from '../../dataset/dataset.ts'
import type { Batch, Engine, Network, NetworkOptions } from '../../engine/network.ts'
import { classCount } from '../../models/layers.ts'
import { runData } from '../run-data.ts'
import { pictures } from './pictures.ts'
import { protocol } from './protocol.ts'
import { seed } from './seed.ts'

/**
 * Of 20 validation images, how many are right after each epoch, and by what margin: improvements, ties, plateaus, a divergence. Float16
 * has none of the margins.
 */
const right = [5, 9, 9, 12, 11, 12, 12, 10, 14, 14, 13, 14, 14, 15, 9, 9, 15, 15, 14, 13, 12, 12, 11, 10, 9, 8]
const margin = [
  ...[1.05, 1.2, 1.1, 2.05, 1.55, 2.55, 1.05, 1.05, 1.7, 1.6, 2.05, 1.9, 1.7, 1.05, NaN, 1.05, 1.55, 1.4],
  ...[1.05, 1.05, 1.1, 1.05, 1.05, 1.05, 1.05, 1.05],
]

/** Epochs that the script has. */
export const scriptedEpochs = right.length

const stepsPerEpoch = 3

/** What the script is about. */
export const scriptedDataset = { train: pictures(30), test: pictures(15) }
const data = runData(scriptedDataset, protocol, seed)

const pictureOf = (images: Batch['images'], i: number) => images.subarray(i * pixels, (i + 1) * pixels).join()
const places = new Map(Array.from(data.training.labels, (_, i) => [pictureOf(data.training.images, i), i]))

/** Which training image, whichever the split chose, a batch has at `i`; undefined where it has none of them. */
export const placeOf = (images: Batch['images'], i: number): number | undefined => places.get(pictureOf(images, i))

/** As logits `[n, 10]`, so many images right by a margin, those of the lowest classes, and the others wrong by it. */
function scripted({ labels }: ImageSet, correct: number, by: number): Float32Array {
  const logits = new Float32Array(labels.length * classCount)
  const byClass = Array.from(labels.keys()).sort((a, b) => labels[a]! - labels[b]! || a - b)
  byClass.forEach((image, rank) => {
    const label = labels[image]!
    logits[image * classCount + (rank < correct ? label : (label + 1) % classCount)] = by
  })
  return logits
}

/**
 * A network that follows the script: its weights are the number of the last step, its losses are made of all that it is given.
 * @param fraction added to the weights it hands out, and to every margin once they are written back
 */
function scriptedNetwork({ optimizer, layers, dropout = true, ...given }: NetworkOptions, fraction: number): Network {
  let last = 0
  const options = optimizer.rate + layers.length / 10 + given.seed / 100 + Number(dropout) / 1000
  return {
    trainStep({ images, labels }, rate, step) {
      // What it goes on from shows as well: the step before, if weights were handed on.
      const since = step - last
      last = step
      const place = placeOf(images, 0) ?? -1
      return {
        loss: labels.length + options + rate + (step + since) / 100 + place / 1000,
        correct: labels.filter((l) => l < 5).length,
      }
    },
    logits(images) {
      // Between epochs `last` is the step just done; weights written for scoring say which step's they are.
      const epoch = Math.round(last / stepsPerEpoch) - 1
      const by = margin[epoch]! + (last % 1)
      // The three sets are told by their sizes.
      if (images.length === data.validation.images.length) return scripted(data.validation, right[epoch]!, by)
      // On the test set the script runs backwards, so that its best epoch is another.
      if (images.length === data.test.images.length) return scripted(data.test, right.at(-1 - epoch)! - 5, by)
      return scripted(data.training, 4 + (epoch % 5), by)
    },
    readState: () => ({ weights: [Float32Array.of(last + fraction)], slots: [] }),
    writeState: ({ weights }) => {
      last = weights[0]![0]!
    },
    tensorCount: () => 0,
    dispose: () => undefined,
  }
}

/** The engine of scripted networks. */
export const scriptedEngine = (fraction = 0): Engine => ({
  name: 'portable',
  version: 'scripted',
  tensorflow: null,
  createNetwork: (options) => scriptedNetwork(options, fraction),
})
