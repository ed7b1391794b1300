import { mean, min } from 'd3-array'
import { mainSeed } from '../../../experiments/catalogue.ts'
import type { RunRecord } from '../../../experiments/results/schema.ts'
import type { Holds } from '../holds.ts'
import { testAccuracy } from '../measures.ts'
import { experimentData, type SiteData } from '../site-data.ts'

const of = (data: SiteData, name: 'cnn' | 'cnn-no-pooling'): RunRecord[] => experimentData(data, name).runs

/** Whether from the second epoch on the CNN is ahead on validation images, on average over its seeds, at each epoch of all runs. */
export function leadGone(data: SiteData): Holds {
  const [cnn, other] = [of(data, 'cnn'), of(data, 'cnn-no-pooling')]
  const common = min([...cnn, ...other], ({ epochs }) => epochs) ?? 0
  if (cnn.length === 0 || other.length === 0 || common < 2) return null
  const at = (runs: RunRecord[], epoch: number) => mean(runs, ({ history }) => history[epoch - 1]!.valAccuracy)!
  for (let epoch = 2; epoch <= common; epoch++) if (at(cnn, epoch) <= at(other, epoch)) return false
  return true
}

/** Whether the run whose filters and shifts are shown is, of all without pooling, the one kept first and reading least; null below two. */
export function shownIsLeast(data: SiteData): Holds {
  const shown = of(data, 'cnn-no-pooling').find(({ seed }) => seed === mainSeed(data.protocol))
  const others = of(data, 'cnn-no-pooling').filter((run) => run !== shown)
  if (!shown || others.length === 0) return null
  return shown.scoredEpoch < min(others, ({ scoredEpoch }) => scoredEpoch)! && testAccuracy(shown) < min(others, testAccuracy)!
}
