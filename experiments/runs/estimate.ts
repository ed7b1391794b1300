import { expectedEpochs } from '../catalogue.ts'
import { classes, imagesOfClass } from '../dataset/kmnist.ts'
import type { Engine } from '../engine/network.ts'
import { describeLayers } from '../models/layers.ts'
import { examplesPerEpoch } from '../training/batches.ts'
import type { PlannedRun } from './plan.ts'

/** Multiply-adds a second and thread of training, measured once on a two-core machine; for estimates and the order of jobs only. */
const speed = { native: 5e10, portable: 7e9 }

/** What the portable engine is, beside the native one. */
export const aboutPortable =
  'the same networks on WebAssembly, one thread a run, which takes several times as long as the native engine with one'

const trainingImages = classes.length * imagesOfClass.training

/** Seconds a run will take on one thread, roughly: forward and two backward passes of every example, for the epochs to expect. */
export function estimateSeconds({ experiment, protocol }: PlannedRun, engine: Engine['name'], maxEpochs = Infinity): number {
  const perImage = 3 * describeLayers(experiment.layers).reduce((sum, layer) => sum + layer.multiplyAdds, 0)
  const images = protocol.imagesPerClass ? protocol.imagesPerClass.training * 10 : trainingImages
  const examples = examplesPerEpoch(images, experiment.augmented ? protocol.augmentation : null)
  return (perImage * examples * Math.min(expectedEpochs(experiment, protocol), maxEpochs)) / speed[engine]
}

/** `40 s`, `12 min`, `3.5 h`. */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}
