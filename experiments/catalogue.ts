import type { z } from 'zod'
import { cnn, cnnNoPooling } from './models/cnn.ts'
import { fcnn } from './models/fcnn.ts'
import { audits, protocols, sweeps } from './protocols.ts'
import type { experimentSchema } from './results/schema.ts'
import type { Protocol } from './training/protocol.ts'

export { protocols }

/** A model plus what is done to its data. */
export type Experiment = z.infer<typeof experimentSchema>

/** Adding an experiment is adding one object here. */
export const experiments: Experiment[] = [
  { name: 'cnn', title: 'CNN', layers: cnn, augmented: false },
  { name: 'fcnn', title: 'FCNN', layers: fcnn, augmented: false },
  { name: 'cnn-augmented', title: 'CNN, augmented', layers: cnn, augmented: true },
  { name: 'fcnn-augmented', title: 'FCNN, augmented', layers: fcnn, augmented: true },
  { name: 'cnn-no-pooling', title: 'CNN without pooling', layers: cnnNoPooling, augmented: false },
]

/**
 * What the report set out to compare, before any run; tests of these are corrected for their number. Pooling was to be compared at equal
 * size; while no such network was trained, the original's own pair stands in.
 */
export const plannedContrasts: readonly (readonly [a: string, b: string])[] = [
  ['cnn', 'fcnn'],
  ['cnn-augmented', 'cnn'],
  ['fcnn-augmented', 'fcnn'],
  ['cnn', 'cnn-no-pooling'],
]

/** A run: experiment × protocol × seed. */
export interface RunName {
  experiment: string
  protocol: string
  seed: number
}

/** The seed whose weights are kept, and that `train` takes when none is named; the original used 42. */
export const mainSeed = (protocol: Protocol): number => (protocol.name === 'published' ? 42 : 1)

/** Epochs to expect, for estimates of time only: where the original's runs stopped; elsewhere what runs of this project took. */
export function expectedEpochs(experiment: Experiment, protocol: Protocol): number {
  if (protocol.name === 'corrected') return experiment.augmented ? 70 : 35
  if (protocol.name !== 'published') return protocol.maxEpochs
  const published: Record<string, number> = {
    cnn: 596,
    fcnn: 1154,
    'cnn-augmented': 334,
    'fcnn-augmented': 507,
    'cnn-no-pooling': 535,
  }
  return published[experiment.name] ?? 600
}

const runs = (protocol: string, names: string[], seeds: number[]): RunName[] =>
  seeds.flatMap((seed) => names.map((experiment) => ({ experiment, protocol, seed })))
const five = ['cnn-augmented', 'cnn-no-pooling', 'cnn', 'fcnn-augmented', 'fcnn']

/** Every run of the report, in the order in which to train them. */
export const plannedRuns: RunName[] = [
  ...runs('corrected', five, [1]),
  ...runs('published', five, [42]),
  ...runs('published', ['fcnn'], [1, 2]),
  ...runs('corrected', five, [2, 3, 4, 5, 6, 7, 8]),
  ...sweeps.flatMap(({ name }) => runs(name, ['cnn', 'fcnn'], [1, 2])),
  ...audits.flatMap(({ name }) => [...runs(name, ['cnn'], [1, 2]), ...runs(name, ['fcnn'], [1, 2, 3])]),
]

/** Planned runs without a record yet; the pages say so in their place. */
const notRunYet: RunName[] = []

/** Runs the site's build insists on: those whose records are committed with the text that uses them. */
export const requiredRuns: RunName[] = plannedRuns.filter(
  (run) => !notRunYet.some((one) => one.experiment === run.experiment && one.protocol === run.protocol && one.seed === run.seed),
)
