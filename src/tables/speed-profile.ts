import { inThreads } from '../../experiments/results/bench-profile.ts'
import { percent } from '../charts/format.ts'
import { notMeasured } from '../data/speed/bench-records.ts'
import { experimentData } from '../data/site-data.ts'
import { boundAgainstKeras, stepParts, stepProfile, type StepPart } from '../data/speed/step-profile.ts'
import type { Cell, TableMaker } from './table-data.ts'

const notThere = '–'
const number = (value: number, digits: number): Cell => ({ text: value.toFixed(digits), value })
const milliseconds = (part: { ms: number } | undefined): Cell => (part ? number(part.ms, part.ms < 10 ? 2 : 1) : notThere)
const share = (value: number): Cell => ({ text: percent(value), value })

/** Where the time of a model's training step goes, with one thread and with two, ours beside Keras'. */
export const speedProfileTable: TableMaker = (data, { experiment = 'cnn' }) => {
  const profile = (of: 'ours' | 'keras', threads: number) => {
    const found = stepProfile(data, of, experiment, threads)
    return found && { ...found, parts: new Map(stepParts(data, found).map((part) => [part.title, part])) }
  }
  const [one, oneKeras, two, twoKeras] = [profile('ours', 1), profile('keras', 1), profile('ours', 2), profile('keras', 2)]
  const [alone, together] = ['With one thread', 'With two threads']
  const columns = [
    { label: 'Part of a step' },
    { label: '10⁹ operations', numeric: true },
    { label: 'Ours, ms', group: alone, numeric: true },
    { label: 'of the peak', group: alone, numeric: true },
    { label: 'Keras, ms', group: alone, numeric: true },
    { label: 'Ours, ms', group: together, numeric: true },
    { label: 'Keras, ms', group: together, numeric: true },
  ]
  if (!one) return { columns, runs: [], rows: [['The whole step', ...columns.slice(1).map(() => notMeasured)]] }
  const row = ({ title, gigaflops, ms }: StepPart): Cell[] => [
    title,
    gigaflops ? number(gigaflops, 2) : '',
    milliseconds({ ms }),
    gigaflops ? share((1000 * gigaflops) / ms / one.peakGigaflops) : '',
    milliseconds(oneKeras?.parts.get(title)),
    milliseconds(two?.parts.get(title)),
    milliseconds(twoKeras?.parts.get(title)),
  ]
  const parts = [...one.parts.values()]
  const whole = { title: 'The whole step', ms: one.ms, gigaflops: parts.reduce((sum, part) => sum + part.gigaflops, 0) }
  return {
    columns,
    runs: [],
    rows: parts.map(row),
    summary: [[...row(whole).slice(0, 4), milliseconds(oneKeras), milliseconds(two), milliseconds(twoKeras)]],
  }
}

const models = ['cnn', 'cnn-no-pooling', 'fcnn']

/** How much of a step multiplies, and how many times as fast as Keras' the step would be if all else took no time. */
export const speedBoundsTable: TableMaker = (data) => {
  const [spent, times] = ['Share of our step in', 'Times as fast as Keras']
  const columns = [
    { label: 'Model' },
    { label: 'Cores used as' },
    { label: 'convolutions', group: spent, numeric: true },
    { label: 'these and products', group: spent, numeric: true },
    { label: 'as it is', group: times, numeric: true },
    { label: 'only these and products', group: times, numeric: true },
    { label: 'only convolutions', group: times, numeric: true },
  ]
  const rows = models.flatMap((experiment) =>
    [1, 2].flatMap((threads): Cell[][] => {
      const ours = stepProfile(data, 'ours', experiment, threads)
      if (!ours) return []
      const { title } = experimentData(data, experiment).experiment
      const { convolutions, multiplying } = ours.busy
      const bound = boundAgainstKeras(data, experiment, threads)
      const factor = (value: number | null | undefined): Cell => (value ? { text: `${value.toFixed(2)}×`, value } : notThere)
      return [
        [
          title,
          inThreads(threads),
          convolutions ? share(convolutions / ours.ms) : notThere,
          share(multiplying / ours.ms),
          factor(bound?.now),
          factor(bound?.multiplying),
          factor(bound?.convolutions),
        ],
      ]
    }),
  )
  return { columns, runs: [], rows: rows.length ? rows : [['All models', ...columns.slice(1).map(() => notMeasured)]] }
}
