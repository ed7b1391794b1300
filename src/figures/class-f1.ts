import { classF1Chart } from '../charts/class-f1-chart.ts'
import { classes } from '../../experiments/dataset/kmnist.ts'
import { classF1IntervalsOf, hardestClass, meanClassF1 } from '../data/picks.ts'
import { runsOf } from '../data/site-data.ts'
import { classF1Table } from '../tables/class-f1.ts'
import { classInTitle } from './class-names.ts'
import { classScoresSheet } from '../tables/class-scores-sheet.ts'
import type { FigureMaker } from './figure.ts'

/** F1 of every class, a panel an experiment, published and ours. */
export const classF1Figure: FigureMaker = (data) => {
  const scores = data.experiments.map((one) => {
    const intervals = classF1IntervalsOf(one)
    return {
      series: one.series,
      ours: meanClassF1(one)?.map((f1, i) => ({ f1, interval: intervals![i]! })) ?? null,
      published: one.published?.classF1,
    }
  })
  const worst = data.experiments.flatMap(({ experiment }) => hardestClass(data, experiment.name)?.index ?? [])
  if (worst.length === 0) return null
  const same = new Set(worst).size === 1 && worst.length === data.experiments.length
  const hardest = [...new Set(worst)].map(classInTitle).join(' or ')
  const title = same ? `${hardest} is the hardest class for every network` : `The hardest class is ${hardest}, by network`
  const total = (index: number) => scores.reduce((sum, { ours }) => sum + (ours?.[index]?.f1 ?? 0), 0)
  return {
    title,
    subtitle:
      'F1 of each class on the test set, hardest first: open circles published, points ours with a 95 % interval, the line our macro F1',
    alt: `${title}. The table below the chart has all values.`,
    chart: (options) =>
      classF1Chart(
        { classes, scores },
        { ...options, order: classes.map(({ index }) => index).sort((a, b) => total(a) - total(b)) },
      ),
    table: classF1Table(data, {}),
    data: classScoresSheet(data.experiments.map(({ experiment }, i) => ({ name: experiment.name, ...scores[i]! }))),
    runs: runsOf(data),
  }
}
