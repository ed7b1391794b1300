import { mean } from 'd3-array'
import type { Interval } from '../../experiments/statistics/interval.ts'
import { seedInterval } from '../../experiments/statistics/seed-interval.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import {
  isModelMeasure,
  isRunMeasure,
  modelMeasure,
  modelMeasures,
  runMeasure,
  runMeasures,
  type NumberKind,
  type RunMeasureName,
} from './measures.ts'
import { onceByKey } from './once.ts'
import { experimentData, type SiteData } from './site-data.ts'

/** A number of an experiment, with all that is needed to say where it comes from. */
export interface Measured {
  value: number
  kind: NumberKind
  title: string
  /** 95 %: over test images for one seed, over seeds (Student's t) for several; null where the measure has none. */
  interval: (Interval & { over: 'test images' | 'seeds' }) | null
  /** One value a seed, in their order; empty for what follows from the model alone. */
  perSeed: number[]
  /** The runs it was derived from. */
  runs: RunRecord[]
}

const intervals = new WeakMap<RunRecord, Map<string, Interval>>()

/** Bootstrap intervals take a moment: once for each run and measure. */
function imageInterval(name: RunMeasureName, run: RunRecord): Interval | null {
  const { interval } = runMeasure(name)
  if (!interval) return null
  return onceByKey(intervals, run, name, () => interval(run))
}

/**
 * A measure of an experiment: the mean over all its seeds. Null while it was not run, or where its runs lack the number.
 * Throws, listing what there is, for a name that is no measure.
 */
export function measured(data: SiteData, name: string, experimentName: string): Measured | null {
  const { experiment, runs } = experimentData(data, experimentName)
  if (isModelMeasure(name)) {
    const { kind, title, ofModel } = modelMeasure(name)
    return { value: ofModel(experiment), kind, title, interval: null, perSeed: [], runs: [] }
  }
  if (!isRunMeasure(name))
    throw new Error(
      `there is no measure "${name}": src/data/measures.ts has ${Object.keys({ ...runMeasures, ...modelMeasures }).join(', ')}`,
    )
  const { kind, title, ofRun } = runMeasure(name)
  const perSeed = runs.flatMap((run) => ofRun(run) ?? [])
  if (perSeed.length === 0 || perSeed.length < runs.length) return null
  const common = { kind, title, perSeed, runs }
  if (perSeed.length === 1) {
    const interval = imageInterval(name, runs[0]!)
    return { ...common, value: perSeed[0]!, interval: interval && { ...interval, over: 'test images' } }
  }
  return { ...common, value: mean(perSeed)!, interval: { ...seedInterval(perSeed)!, over: 'seeds' } }
}
