import { z } from 'zod'
import type { Experiment } from '../catalogue.ts'
import type { Layer } from '../models/layers.ts'
import type { Protocol } from '../training/protocol.ts'
import { sha256 } from '../sha256.ts'

/**
 * What the code does, as numbers: a few pictures through every part that results rest on (measured in runs/behaviour). A run is fresh
 * while its parts measure as they did when it was trained, whatever else was changed in the code.
 */
type PartName = string
export type Behaviour = Record<PartName, number[]>

/** `behaviour.json` in the results folder: the latest behaviour that records there were trained with. */
export const behaviourFileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  parts: z.record(z.string(), z.strictObject({ id: z.string().regex(/^[0-9a-f]{12}$/), numbers: z.array(z.number()) })),
})
export type BehaviourFile = z.infer<typeof behaviourFileSchema>

/** A model's part is named by its layers, so that it is the same under any name, and another where a layer differs. */
export const modelPart = (layers: readonly Layer[]): PartName =>
  `model/${layers.map(({ kind, ...settings }) => [kind, ...Object.values(settings)].join(' ')).join(', ')}`

/** The models of experiments, each once. */
export const distinctModels = (experiments: readonly Experiment[]): (readonly Layer[])[] => [
  ...new Map(experiments.map(({ layers }) => [modelPart(layers), layers])).values(),
]

/** The parts that runs of an experiment under a protocol rest on. */
export function partsOf(experiment: Experiment, protocol: Protocol): PartName[] {
  const { layers, augmented } = experiment
  return [
    'data/files',
    protocol.validation.from === 'training' ? 'data/split' : 'data/validation-on-test',
    ...(protocol.imagesPerClass ? ['data/images-per-class'] : []),
    ...(augmented ? [`augmentation/${protocol.augmentation.draw.kind}`] : []),
    'order',
    'initialisation',
    modelPart(layers),
    ...(layers.some((layer) => layer.kind === 'dropout') ? ['dropout'] : []),
    `optimizer/${protocol.optimizer.kind}`,
    'loop',
    ...(protocol.plateau ? [`plateau/${protocol.plateau.monitor}`] : []),
    ...(protocol.stopping ? [`stopping/${protocol.stopping.monitor}`] : []),
    `score/${protocol.score}`,
    ...(protocol.testEachEpoch ? ['score/test-each-epoch'] : []),
  ]
}

const agree = (a: readonly number[] | undefined, b: readonly number[] | undefined, tolerance: number) =>
  a !== undefined &&
  b !== undefined &&
  a.length === b.length &&
  a.every((value, i) => Math.abs(value - b[i]!) <= tolerance * Math.max(1, Math.abs(value), Math.abs(b[i]!)))

/**
 * The parts of either whose numbers differ by more than a tolerance (above 1: of their size), or that only one has; sorted. By default
 * 1e-5: computers round differently in the last digits; a change to the mathematics shows in the first.
 */
export const compareBehaviour = (a: Behaviour, b: Behaviour, tolerance = 1e-5): PartName[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].sort().filter((name) => !agree(a[name], b[name], tolerance))

/**
 * Names a part's numbers in records: 12 hexadecimal characters of the SHA-256 of the numbers in seven digits. Numbers that agree with
 * stored ones go by the stored id: rounding may give them another.
 */
export const behaviourId = (numbers: readonly number[]): string =>
  sha256(numbers.map((value) => Number(value.toPrecision(7))).join(' ')).slice(0, 12)
