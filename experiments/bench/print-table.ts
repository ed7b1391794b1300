import { othersIn, spreadOf, timesAsFast } from '../results/bench-summary.ts'
import type { BenchMeasurement, BenchRecord } from '../results/bench-record.ts'
import type { Spread } from '../statistics/spread.ts'

const titles: Record<BenchMeasurement['of'], string> = {
  step: 'training step',
  evaluation: 'predictions',
  augmentation: 'augmentation',
  suite: 'all experiments',
  epoch: 'an epoch',
  site: "the site's build",
  'portable-step': 'training step, portable engine',
}

const number = (value: number, digits = value < 10 ? 2 : value < 1000 ? 1 : 0) => value.toFixed(digits)
const range = ({ low, median, high }: Spread, digits?: number) =>
  `${number(median, digits)} (${number(low, digits)} to ${number(high, digits)})`

/** What another of a measurement says of ours. */
function compared(measurement: BenchMeasurement, name: string): string {
  const times = (one: string, than: string) => range(timesAsFast(measurement, one, than)!, 2)
  const value = `${name} ${range(spreadOf(measurement, name)!)} ${measurement.unit}`
  if (name === 'peak') return `${value} for as many operations in large matrices: ours reaches ${times('ours', 'peak')} of that`
  if (name === 'steps') return `${value} alone: the epoch takes ${times('steps', 'ours')} of that`
  if (name === 'augmented') return `${value}: ${times('ours', 'augmented')} of the plain epoch`
  return `${value}: ours is ${times('ours', name)} times as fast`
}

/** One line for each thing measured and each it was compared with: medians, quartiles in brackets. */
function linesOf(measurement: BenchMeasurement): string[] {
  const { of, experiment, processes, threads, unit } = measurement
  const cores = processes > 1 ? `${processes} processes` : threads > 1 ? `${threads} threads` : null
  const title = [titles[of], experiment, cores].filter(Boolean).join(', ')
  const others = othersIn(measurement).map((name) => `  ${compared(measurement, name)}`)
  return [`${title}: ours ${range(spreadOf(measurement, 'ours')!)} ${unit}`, ...others]
}

/** The record in words, for the terminal. */
export function describeBench({ measurements, machine, versions, minutes }: BenchRecord): string {
  return [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; load before: ${machine.loadBefore.toFixed(1)}`,
    ...Object.entries(versions).map(([name, version]) => `${name}: ${version}`),
    'medians, quartiles in brackets; ratios are taken within each round',
    '',
    ...measurements.flatMap(linesOf),
    '',
    `${minutes.toFixed(1)} minutes`,
  ].join('\n')
}
