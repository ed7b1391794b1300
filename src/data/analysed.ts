import { activationsKind } from '../../experiments/analyses/activations.ts'
import type { DataSetFacts } from '../../experiments/analyses/data-set.ts'
import { z95, type Interval } from '../../experiments/statistics/interval.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { dataSetFacts, runAnalysis } from './analyses.ts'
import type { NumberKind } from './measures.ts'
import { atDistance, shiftsOf } from './shift-tolerance.ts'
import type { SiteData } from './site-data.ts'

/** A number of a stored analysis; of the data set's where `run` is absent. */
export interface Analysed {
  value: number
  kind: NumberKind
  /** 95 % over test images. */
  interval?: Interval
  run?: RunRecord
}

type OfData = (data: SiteData) => Analysed | null
type OfRun = (data: SiteData, experiment: string) => Analysed | null

/** Accuracy lost when the test characters are shifted by this many pixels. */
const shiftCost =
  (distance: number): OfRun =>
  (data, experiment) => {
    const found = shiftsOf(data, experiment)
    if (!found) return null
    const { change, changeError } = atDistance(found.result, distance)
    const half = z95 * changeError
    return { value: -change, kind: 'points', interval: { low: -change - half, high: -change + half }, run: found.run }
  }

const fact =
  (kind: NumberKind, of: (facts: DataSetFacts) => number): OfData =>
  (data) => {
    const facts = dataSetFacts(data)
    return facts && { value: of(facts), kind }
  }

type Baseline = DataSetFacts['baselines'][number]
const baseline = (name: Baseline['name'], set: 'validation' | 'test'): OfData =>
  fact('percent', (facts) => facts.baselines.find((one) => one.name === name)![set])

/** What `<Analysed of="…">` can write; those of a run need an experiment. */
export const analysed = {
  shiftCost2: shiftCost(2),
  zeroActivations: (data: SiteData, experiment: string): Analysed | null => {
    const found = runAnalysis(data, activationsKind, experiment)
    const last = found?.result.at(-1)
    if (!found || !last) return null
    return { value: last.filters.reduce((sum, { zero }) => sum + zero, 0) / last.filters.length, kind: 'percent', run: found.run }
  },
  centroidTest: baseline('centroid', 'test'),
  centroidValidation: baseline('centroid', 'validation'),
  neighboursTest: baseline('neighbours', 'test'),
  neighboursValidation: baseline('neighbours', 'validation'),
  neighboursOfAll: fact('percent', (facts) => facts.neighboursOfAll),
  componentsTest: baseline('components', 'test'),
  componentsOfAll: fact('percent', (facts) => facts.componentsOfAll),
} satisfies Record<string, OfRun>

export type AnalysedName = keyof typeof analysed
