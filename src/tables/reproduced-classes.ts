import { classes } from '../../experiments/dataset/kmnist.ts'
import { createRandom } from '../../experiments/random.ts'
import { classF1Intervals } from '../../experiments/statistics/class-f1-interval.ts'
import { classF1, macroF1 } from '../../experiments/statistics/f1.ts'
import type { Interval } from '../../experiments/statistics/interval.ts'
import { runMeasures } from '../data/measures.ts'
import { endedRuns } from '../data/ended-runs.ts'
import { once } from '../data/once.ts'
import { reproductions, type Reproduction } from '../data/reproduction/reproduction.ts'
import type { SiteData } from '../data/site-data.ts'
import { signed } from './signed.ts'
import { numberCell, type Cell, type TableMaker } from './table-data.ts'

interface ReproducedScore {
  f1: number
  published: number
  /** 95 % over test images, of ours. */
  interval: Interval
  /** Whether the published score lies in it. */
  inside: boolean
}

const known = new WeakMap<SiteData, { reproduction: Reproduction; scores: ReproducedScore[] }[]>()

const held = (f1: number, published: number, interval: Interval): ReproducedScore => ({
  f1,
  published,
  interval,
  inside: published >= interval.low && published <= interval.high,
})

/** Class F1s of the first run of each experiment that converged under the original's protocol, beside the original's Table 1. */
export const reproducedClasses = (data: SiteData) =>
  once(known, data, () =>
    reproductions(endedRuns(data))
      .filter(({ one }, i, all) => all.findIndex((other) => other.one === one) === i)
      .map((reproduction) => {
        const { confusion } = reproduction.run.evaluation.test
        const intervals = classF1Intervals(confusion, createRandom(reproduction.run.seed, 'resampling'))
        const scores = classF1(confusion).map((f1, c) => held(f1, reproduction.published.classF1[c]!, intervals[c]!))
        return { reproduction, scores }
      }),
  )

const difference = ({ f1, published, inside }: ReproducedScore): Cell => ({
  text: `${signed(f1 - published, 'score')}${inside ? '' : ' *'}`,
  value: f1 - published,
})

/** Table 1 published and ours, their difference, and a star where the published score lies outside our sampling interval. */
export const reproducedClassesTable: TableMaker = (data) => {
  const all = reproducedClasses(data)
  const shown = data.experiments.filter(({ published }) => published)
  const begun = new Set(reproductions(data).map(({ one }) => one.experiment.name))
  const of = (name: string) => all.find(({ reproduction }) => reproduction.one.experiment.name === name)
  const cells = (
    name: string,
    published: number,
    score: (found: NonNullable<ReturnType<typeof of>>) => ReproducedScore,
  ): Cell[] => {
    const found = of(name)
    // Stopped at its budget: there is a run, but no score of its end.
    if (!found) return [numberCell(published, 'score'), ...(begun.has(name) ? ['–', '–'] : [null, null])]
    const one = score(found)
    return [numberCell(published, 'score'), numberCell(one.f1, 'score'), difference(one)]
  }
  return {
    columns: [
      { label: 'Class' },
      ...shown.flatMap(({ experiment }) =>
        ['published', 'ours', 'difference'].map((label) => ({ label, group: experiment.title, numeric: true })),
      ),
    ],
    rows: classes.map(({ character, romanisation, index }) => [
      { text: `${character} ${romanisation} ${index}`, kana: true },
      ...shown.flatMap(({ experiment, published }) =>
        cells(experiment.name, published!.classF1[index]!, ({ scores }) => scores[index]!),
      ),
    ]),
    summary: [
      [
        'macro F1',
        ...shown.flatMap(({ experiment, published }) =>
          cells(experiment.name, published!.macroF1, ({ reproduction: { run } }) =>
            held(macroF1(run.evaluation.test.confusion), published!.macroF1, runMeasures.macroF1.interval(run)),
          ),
        ),
      ],
    ],
    runs: all.map(({ reproduction }) => reproduction.run),
  }
}
