import { group } from 'd3-array'
import type { BenchMeasurement } from '../../experiments/results/bench-record.ts'
import { spreadOf, timesAsFast } from '../../experiments/results/bench-summary.ts'
import type { Spread } from '../../experiments/statistics/spread.ts'
import { count } from '../charts/format.ts'
import { benchRecord, notMeasured, profileRecord, speedByProcessor } from '../data/speed/bench-records.ts'
import { experimentData, type SiteData } from '../data/site-data.ts'
import { benchPeers as peers, fastestPeer, inLayout as layout, speedTargets } from '../data/speed/speed-targets.ts'
import type { Cell, TableContent, TableMaker } from './table-data.ts'

const digits = (value: number) => (value < 10 ? 2 : value < 100 ? 1 : 0)
const write = (value: number, places = digits(value)) => (value >= 1000 ? count(value) : value.toFixed(places))

/** A median with its quartiles, on one line: "45.7 (45.2 to 46.3)". */
const spreadCell = ({ low, median, high }: Spread, unit = ''): Cell => {
  const places = digits(median)
  const text = `${write(median, places)}${unit} (${write(low, places)} to ${write(high, places)})`
  return { text: text.replaceAll(' ', '\u00a0'), value: median }
}
const spreadOr = (spread: Spread | null, unit = ''): Cell => (spread ? spreadCell(spread, unit) : notMeasured)

const measurementsOf = (data: SiteData, of: BenchMeasurement['of']) =>
  (benchRecord(data, 'speed')?.measurements ?? []).filter((measurement) => measurement.of === of)
const title = (data: SiteData, { experiment }: BenchMeasurement) =>
  experiment ? experimentData(data, experiment).experiment.title : ''

/** A training step of each model: ours, how many times as fast as each peer, and its share of the machine's own speed. */
export const speedStepsTable: TableMaker = (data): TableContent => {
  const steps = measurementsOf(data, 'step')
  return {
    columns: [
      { label: 'Model' },
      { label: 'Cores used as' },
      { label: 'Ours, ms', numeric: true },
      ...Object.values(peers).map((label) => ({ label, numeric: true, group: 'Ours is so many times as fast as' })),
      { label: 'Of the machine’s peak', numeric: true },
    ],
    runs: [],
    rows: steps.length
      ? steps.map((step) => [
          title(data, step),
          layout(step),
          spreadOr(spreadOf(step, 'ours')),
          ...Object.keys(peers).map((peer) => spreadOr(timesAsFast(step, 'ours', peer), '×')),
          spreadOr(timesAsFast(step, 'ours', 'peak')),
        ])
      : [['All models', notMeasured, notMeasured, notMeasured, notMeasured, notMeasured, notMeasured]],
  }
}

/** A training step of each model on each processor that one was measured on, beside Keras' and the fastest peer's. */
export const speedProcessorsTable: TableMaker = (data): TableContent => {
  const columns = [
    { label: 'Processor' },
    { label: 'Model' },
    ...['With 2 threads', 'With 2 processes'].flatMap((group) => [
      { label: '× Keras', numeric: true, group },
      { label: '× the fastest', numeric: true, group },
    ]),
  ]
  const rows = speedByProcessor(data).flatMap(({ machine, measurements }) => {
    const steps = group(
      measurements.filter(({ of }) => of === 'step'),
      ({ experiment }) => experiment,
    )
    return [...steps.values()].map((ofModel): Cell[] => [
      machine.cpu,
      title(data, ofModel[0]!),
      ...[1, 2].flatMap((processes): Cell[] => {
        const step = ofModel.find((one) => one.processes === processes)
        const fastest = step && fastestPeer(step)
        if (!fastest) return [notMeasured, notMeasured]
        const keras = timesAsFast(step, 'ours', 'keras')
        const value = timesAsFast(step, 'ours', fastest)!.median
        return [
          keras ? { text: write(keras.median), value: keras.median } : notMeasured,
          { text: `${write(value)}\u00a0(${peers[fastest]})`, value },
        ]
      }),
    ])
  })
  return {
    columns,
    runs: [],
    names: 2,
    rows: rows.length ? rows : [['All processors', ...columns.slice(1).map(() => notMeasured)]],
  }
}

/** What this project set itself, and what came of it. */
export const speedTargetsTable: TableMaker = (data): TableContent => ({
  columns: [
    { label: 'What' },
    { label: 'Compared' },
    { label: 'Target', numeric: true },
    { label: 'Measured', numeric: true },
    { label: 'Met' },
  ],
  runs: [],
  names: 2,
  rows: speedTargets(data).map(({ subject, cores, as, wanted, measured, met }): Cell[] => [
    `${subject} ${cores}`.trim(),
    as,
    // No number alone: a download would not tell the two apart.
    'least' in wanted ? `at\u00a0least\u00a0${wanted.least.toFixed(2)}` : `at\u00a0most\u00a0${wanted.most.toFixed(2)}`,
    spreadOr(measured),
    met === null ? '–' : met ? 'yes' : 'no',
  ]),
})

const others: { of: BenchMeasurement['of']; row: (measurement: BenchMeasurement, name: string) => string }[] = [
  { of: 'evaluation', row: (measurement, name) => `Predictions, ${name}, ${layout(measurement)}` },
  { of: 'augmentation', row: () => 'Augmented images, one core' },
  { of: 'suite', row: (measurement) => `All experiments in short, ${layout(measurement)}` },
]

/** Predictions, augmentation and the suite. */
export const speedOthersTable: TableMaker = (data): TableContent => {
  const rows = others.flatMap(({ of, row }) =>
    measurementsOf(data, of).map((measurement): Cell[] => [
      row(measurement, title(data, measurement)),
      spreadOr(spreadOf(measurement, 'ours'), `\u00a0${measurement.unit}`),
      ...Object.keys(peers).map((peer): Cell => {
        const times = timesAsFast(measurement, 'ours', peer)
        return times ? spreadCell(times, '×') : '–'
      }),
    ]),
  )
  return {
    columns: [
      { label: '' },
      { label: 'Ours', numeric: true },
      ...Object.values(peers).map((label) => ({ label, numeric: true, group: 'Ours is so many times as fast as' })),
    ],
    runs: [],
    rows: rows.length ? rows : [['All of it', notMeasured, notMeasured, notMeasured, notMeasured]],
  }
}

/** The build of this site, beside that of one of as many parts by each generator that it was measured against. */
export const speedSiteTable: TableMaker = (data): TableContent => {
  const record = benchRecord(data, 'site')
  const build = record?.measurements.find(({ of }) => of === 'site')
  const rows =
    record && build
      ? [
          ['This site', spreadOr(spreadOf(build, 'ours'), `\u00a0${build.unit}`), ''],
          ...Object.entries(record.versions).map(([peer, version]): Cell[] => [
            version,
            spreadOr(spreadOf(build, peer), `\u00a0${build.unit}`),
            spreadOr(timesAsFast(build, 'ours', peer), '×'),
          ]),
        ]
      : [['This site', notMeasured, notMeasured]]
  return {
    columns: [{ label: 'Built' }, { label: 'Time', numeric: true }, { label: 'Ours is so many times as fast', numeric: true }],
    runs: [],
    rows,
  }
}

/** A whole epoch beside its steps alone, and an augmented one beside a plain one. */
export const speedEpochsTable: TableMaker = (data): TableContent => {
  const epochs = measurementsOf(data, 'epoch')
  return {
    columns: [
      { label: 'Model' },
      { label: 'Epoch, s', numeric: true },
      { label: 'Times its steps alone', numeric: true },
      { label: 'Augmented, times a plain one', numeric: true },
    ],
    runs: [],
    rows: epochs.length
      ? epochs.map((epoch) => [
          title(data, epoch),
          spreadOr(spreadOf(epoch, 'ours')),
          spreadOr(timesAsFast(epoch, 'steps', 'ours')),
          spreadOr(timesAsFast(epoch, 'ours', 'augmented')),
        ])
      : [['All models', notMeasured, notMeasured, notMeasured]],
  }
}

/** A training step of the portable engine, and how many times as fast it is as TensorFlow.js' own kernels and gradients there. */
export const speedPortableTable: TableMaker = (data): TableContent => {
  const steps = benchRecord(data, 'portable')?.measurements ?? []
  return {
    columns: [
      { label: 'Model' },
      { label: 'Ours, ms', numeric: true },
      { label: 'So many times as fast as TensorFlow.js’ own', numeric: true },
    ],
    runs: [],
    rows: steps.length
      ? steps.map((step) => [
          title(data, step),
          spreadOr(spreadOf(step, 'ours')),
          spreadOr(timesAsFast(step, 'ours', 'tfjs'), '×'),
        ])
      : [['All models', notMeasured, notMeasured]],
  }
}

/** The settings a peer was fastest in, each with where; without where if it is one and the same throughout. */
function settingsOf(data: SiteData, peer: string): string {
  const where = new Map<string, string[]>()
  for (const step of measurementsOf(data, 'step')) {
    const setting = step.settings[peer]
    if (setting) where.set(setting, [...(where.get(setting) ?? []), `${title(data, step)} with ${layout(step)}`])
  }
  if (where.size === 1) return [...where.keys()][0]!
  return [...where].map(([setting, places]) => `${setting}: ${places.join(', ')}`).join('; ')
}

/** The machine, the libraries and the settings that were found fastest. */
export const speedMachineTable: TableMaker = (data): TableContent => {
  const found = benchRecord(data, 'speed')
  const columns = [{ label: 'What' }, { label: 'As it was' }]
  if (!found) return { columns, runs: [], rows: [['Machine and libraries', notMeasured]] }
  const { machine, versions, start, minutes } = found
  const profile = profileRecord(data)
  return {
    columns,
    runs: [],
    rows: [
      ['Processor', `${machine.cpu}, ${machine.cores} cores, ${Math.round(machine.memoryBytes / 2 ** 30)} GB`],
      ['System', `${machine.os}, Node ${machine.node}`],
      ['Measured', `${start.slice(0, 10)}, in ${Math.round(minutes)} minutes`],
      ['Waiting processes before', machine.loadBefore.toFixed(2)],
      ...(profile
        ? [['Profiled', `${profile.start.slice(0, 10)}, after ${profile.machine.loadBefore.toFixed(2)} waiting processes`]]
        : []),
      ...Object.entries(versions).map(([name, version]): Cell[] => [
        name === 'ours' ? 'This project' : peers[name as keyof typeof peers],
        version,
      ]),
      ...Object.entries(peers).flatMap(([peer, label]): Cell[][] => {
        const text = settingsOf(data, peer)
        return text ? [[`${label}, fastest setting`, text]] : []
      }),
    ],
  }
}
