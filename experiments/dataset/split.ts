import { createRandom, shuffle } from '../random.ts'
import { pixels, type ImageSet } from './dataset.ts'

const classCount = 10

/** For each class its pictures' indices, ascending. */
function indicesByClass(labels: Uint8Array): number[][] {
  const byClass = Array.from({ length: classCount }, (): number[] => [])
  for (const [i, label] of labels.entries()) {
    const indices = byClass[label]
    if (!indices) throw new RangeError(`expected labels from 0 to ${classCount - 1}, found ${label} at index ${i}`)
    indices.push(i)
  }
  return byClass
}

function requireEnough(indices: number[], least: number, label: number, purpose: string): void {
  if (indices.length < least)
    throw new Error(
      `class ${label} has ${indices.length} images, but ${purpose} takes at least ${least}: lower perClass of validation or imagesPerClass in the protocol (experiments/protocols.ts)`,
    )
}

const ascending = (indices: number[]) => Uint32Array.from(indices).sort()

/**
 * Sets `perClass` images of each class aside for validation, drawn by the run's seed; the rest stay for training.
 * @returns indices into the set, ascending
 * @throws where a class would have none left to train on
 */
export function stratifiedSplit(
  labels: Uint8Array,
  perClass: number,
  seed: number,
): { training: Uint32Array; validation: Uint32Array } {
  const training: number[] = []
  const validation: number[] = []
  for (const [label, indices] of indicesByClass(labels).entries()) {
    requireEnough(indices, perClass + 1, label, `setting ${perClass} aside for validation`)
    const drawn = shuffle(indices, createRandom(seed, 'split', label))
    validation.push(...drawn.slice(0, perClass))
    training.push(...drawn.slice(perClass))
  }
  return { training: ascending(training), validation: ascending(validation) }
}

/**
 * The first `perClass` images of each class.
 * @returns indices into the set, ascending
 * @throws where a class has fewer
 */
export function takePerClass(labels: Uint8Array, perClass: number): Uint32Array {
  return ascending(
    indicesByClass(labels).flatMap((indices, label) => {
      requireEnough(indices, perClass, label, `taking ${perClass} of each class`)
      return indices.slice(0, perClass)
    }),
  )
}

/** Copies the pictures at `indices`, in that order, into a set of their own. */
export function selectImages(set: ImageSet, indices: Uint32Array): ImageSet {
  const images = new Uint8Array(indices.length * pixels)
  const labels = new Uint8Array(indices.length)
  for (const [to, from] of indices.entries()) {
    if (from >= set.labels.length)
      throw new RangeError(`expected indices below the set's ${set.labels.length} images, found ${from}`)
    images.set(set.images.subarray(from * pixels, (from + 1) * pixels), to * pixels)
    labels[to] = set.labels[from]!
  }
  return { images, labels }
}
