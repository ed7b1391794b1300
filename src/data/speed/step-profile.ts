import { isConvolution, isProduct, type PrimitiveProfile, type Profile } from '../../../experiments/results/bench-profile.ts'
import type { Layer } from '../../../experiments/models/layers.ts'
import { profileRecord } from './bench-records.ts'
import { experimentData, type SiteData } from '../site-data.ts'

/** A training step's profile; undefined where none was made. */
export const stepProfile = (data: SiteData, of: Profile['of'], experiment: string, threads: number): Profile | undefined =>
  profileRecord(data)?.profiles.find((one) => one.of === of && one.experiment === experiment && one.threads === threads)

/** A part of a step: its time, and its operations in billions where it multiplies. */
export interface StepPart {
  title: string
  ms: number
  gigaflops: number
}

const ordinals = ['First', 'Second', 'Third', 'Fourth', 'Fifth']
const passes = [
  { pass: 'forward_training', title: 'forward' },
  { pass: 'backward_data', title: 'gradient of its input' },
  { pass: 'backward_weights', title: 'gradient of its weights' },
]

/** Which of a model's convolutions a primitive computes, told by its numbers of channels; -1 for none. */
function convolutionIndex(layers: readonly Layer[], { problem }: PrimitiveProfile): number {
  let channels = 1
  return layers
    .filter((layer) => layer.kind === 'conv2d')
    .findIndex(({ filters }) => {
      const name = `_ic${channels}oc${filters}_`
      channels = filters
      return problem.includes(name)
    })
}

function sum(title: string, primitives: readonly PrimitiveProfile[]): StepPart {
  const total = (of: (one: PrimitiveProfile) => number) => primitives.reduce((all, one) => all + of(one), 0)
  return { title, ms: total(({ ms }) => ms), gigaflops: total(({ gigaflops }) => gigaflops) }
}

/**
 * A step's parts: every convolution in each pass, the matrix products, pooling, oneDNN's other primitives, what is not oneDNN's, and the
 * whole. With several threads primitives run side by side, and the parts' sum is more than the whole.
 */
export function stepParts(data: SiteData, profile: Profile): StepPart[] {
  const { layers } = experimentData(data, profile.experiment).experiment
  const convolutions = profile.primitives.filter(isConvolution)
  const others = profile.primitives.filter((one) => !isConvolution(one) && !isProduct(one))
  const inPasses = layers
    .filter(({ kind }) => kind === 'conv2d')
    .flatMap((_, i) =>
      passes.map(({ pass, title }) =>
        sum(
          `${ordinals[i]} convolution, ${title}`,
          convolutions.filter((one) => one.pass === pass && convolutionIndex(layers, one) === i),
        ),
      ),
    )
  return [
    ...inPasses,
    sum('Matrix products', profile.primitives.filter(isProduct)),
    sum(
      'Max pooling',
      others.filter(({ primitive }) => primitive === 'pooling'),
    ),
    sum(
      'Other primitives of oneDNN',
      others.filter(({ primitive }) => primitive !== 'pooling'),
    ),
    { title: 'Outside of oneDNN', ms: profile.ms - profile.busy.primitives, gigaflops: 0 },
  ].filter(({ ms }) => ms > 0)
}

/** Whether ours and Keras multiply by the same primitives, of the same sizes, in one model's step; null while not profiled. */
export function multiplyAlike(data: SiteData, experiment: string): boolean | null {
  const [ours, keras] = (['ours', 'keras'] as const).map((of) => stepProfile(data, of, experiment, 1))
  if (!ours || !keras) return null
  const work = ({ primitives }: Profile) =>
    primitives
      .filter((one) => isConvolution(one) || isProduct(one))
      .map(({ primitive, pass, problem, implementation, calls }) => [primitive, pass, problem, implementation, calls].join())
      .toSorted()
  return JSON.stringify(work(ours)) === JSON.stringify(work(keras))
}

/** How many times as fast as Keras' a step of ours would be if all but its convolutions, or these and matrix products, took no time. */
export function boundAgainstKeras(
  data: SiteData,
  experiment: string,
  threads: number,
): { now: number; multiplying: number; convolutions: number | null } | null {
  const [ours, keras] = (['ours', 'keras'] as const).map((of) => stepProfile(data, of, experiment, threads))
  if (!ours || !keras) return null
  const { convolutions, multiplying } = ours.busy
  return {
    now: keras.ms / ours.ms,
    multiplying: keras.ms / multiplying,
    convolutions: convolutions ? keras.ms / convolutions : null,
  }
}
