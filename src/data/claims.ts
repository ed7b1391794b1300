import { compare } from './compare.ts'
import { measured } from './measured.ts'
import type { MeasureName } from './measures.ts'
import type { SiteData } from './site-data.ts'
import { structureTest } from './weight-structure.ts'

/** Whether a sentence holds for the data of this build: null while runs it needs are missing. */
export type Holds = boolean | null

/** Whether the test accuracy of A is higher than B's by more than chance explains. */
const beats = (data: SiteData, a: string, b: string): Holds => {
  const comparison = compare(data, a, b)
  return comparison && comparison.distinguishable && comparison.difference > 0
}

const less = (data: SiteData, of: MeasureName, a: string, b: string): Holds => {
  const [first, second] = [measured(data, of, a), measured(data, of, b)]
  return first && second && first.value < second.value
}

const all = (holds: readonly Holds[]): Holds => (holds.includes(null) ? null : holds.every(Boolean))
const not = (holds: Holds): Holds => (holds === null ? null : !holds)
const everyExperiment = (data: SiteData, holds: (name: string) => Holds): Holds =>
  all(data.experiments.map(({ experiment }) => holds(experiment.name)))

/**
 * Sentences that chapters say only where the data bear them out: `<If claim="…">` shows its text where the claim holds,
 * `<If claim="…" is="no">` where it does not, so that prose cannot contradict the figures.
 */
export const claims = {
  'cnn-beats-fcnn': (data) => beats(data, 'cnn', 'fcnn'),
  'fcnn-beats-cnn': (data) => beats(data, 'fcnn', 'cnn'),
  'augmented-cnn-beats-augmented-fcnn': (data) => beats(data, 'cnn-augmented', 'fcnn-augmented'),
  'augmentation-helps-cnn': (data) => beats(data, 'cnn-augmented', 'cnn'),
  'augmentation-helps-fcnn': (data) => beats(data, 'fcnn-augmented', 'fcnn'),
  'augmentation-helps-both': (data) => all([beats(data, 'cnn-augmented', 'cnn'), beats(data, 'fcnn-augmented', 'fcnn')]),
  'pooling-helps': (data) => beats(data, 'cnn', 'cnn-no-pooling'),
  'pooling-hurts': (data) => beats(data, 'cnn-no-pooling', 'cnn'),
  'pooling-indifferent': (data) => all([not(beats(data, 'cnn', 'cnn-no-pooling')), not(beats(data, 'cnn-no-pooling', 'cnn'))]),
  'no-pooling-fewer-epochs': (data) => less(data, 'epochs', 'cnn-no-pooling', 'cnn'),
  'no-pooling-gap-wider': (data) => less(data, 'generalisationGap', 'cnn', 'cnn-no-pooling'),
  'cnn-gap-narrower': (data) => less(data, 'generalisationGap', 'cnn', 'fcnn'),
  'cnn-fewer-epochs': (data) => less(data, 'epochs', 'cnn', 'fcnn'),
  'augmentation-narrows-cnn-gap': (data) => less(data, 'generalisationGap', 'cnn-augmented', 'cnn'),
  'augmentation-narrows-fcnn-gap': (data) => less(data, 'generalisationGap', 'fcnn-augmented', 'fcnn'),
  'augmentation-takes-more-epochs': (data) =>
    all([less(data, 'epochs', 'cnn', 'cnn-augmented'), less(data, 'epochs', 'fcnn', 'fcnn-augmented')]),
  'all-above-published': (data) =>
    everyExperiment(data, (name) => {
      const ours = measured(data, 'macroF1', name)
      const theirs = data.published.experiments[name]
      return ours && theirs ? ours.value > theirs.macroF1 : null
    }),
  'all-converged': (data) =>
    all(data.experiments.map(({ runs }) => (runs.length ? runs.every(({ status }) => status === 'converged') : null))),
  'validation-overstates': (data) =>
    everyExperiment(data, (name) => {
      const gap = measured(data, 'validationGap', name)
      return gap && gap.value > 0
    }),
  'first-layer-structured': (data) => structureTest(data, 'cnn', 'first')?.structured ?? null,
  'second-layer-structured': (data) => structureTest(data, 'cnn', 'second')?.structured ?? null,
  'dense-weights-structured': (data) => structureTest(data, 'fcnn', 'dense')?.structured ?? null,
  'one-seed-each': (data) => all(data.experiments.map(({ runs }) => (runs.length ? runs.length === 1 : null))),
  'data-set-at-hand': (data) => data.dataset !== undefined,
} satisfies Record<string, (data: SiteData) => Holds>

export type ClaimName = keyof typeof claims

/** Whether a claim holds, does not, or can't be said yet. */
export const claimHolds = (data: SiteData, name: ClaimName): Holds => claims[name](data)
