import { mean } from 'd3-array'
import { comparedFrom, reproductions, type Reproduction } from './reproduction.ts'
import type { SiteData } from './site-data.ts'

/** The CNN and the FCNN under the original's protocol, epoch beside epoch. */
export interface EqualEpochs {
  cnn: Reproduction[]
  fcnn: Reproduction[]
  /** Whether from `comparedFrom` on every CNN reads more test images than every FCNN, at each epoch that the two reached. */
  ahead: boolean
  /** Whether each FCNN was trained for more epochs than each CNN, all to the end by their rule. */
  fcnnLonger: boolean
  /** Test accuracies, means over the runs, at the last epoch of the original's CNN; null where a run did not reach it. */
  atLast: { epoch: number; cnn: number; fcnn: number } | null
}

/** By index: epochs are counted from 1, and none is left out. */
const accuracyAt = ({ run }: Reproduction, epoch: number): number | undefined => run.history[epoch - 1]?.valAccuracy

function aheadOf(first: Reproduction, second: Reproduction): boolean {
  const common = Math.min(first.run.epochs, second.run.epochs)
  for (let epoch = comparedFrom; epoch <= common; epoch++)
    if (accuracyAt(first, epoch)! <= accuracyAt(second, epoch)!) return false
  return true
}

/** Null while one of the two has no run that reached `comparedFrom`. */
export function equalEpochs(data: SiteData): EqualEpochs | null {
  const known = reproductions(data).filter(({ run }) => run.epochs >= comparedFrom)
  const [cnn, fcnn] = ['cnn', 'fcnn'].map((name) => known.filter(({ one }) => one.experiment.name === name)) as [
    Reproduction[],
    Reproduction[],
  ]
  if (cnn.length === 0 || fcnn.length === 0) return null
  const pairs = cnn.flatMap((first) => fcnn.map((second) => [first, second] as const))
  const epoch = cnn[0]!.published.lastEpoch
  const meanAt = (runs: Reproduction[]) => {
    const values = runs.map((one) => accuracyAt(one, epoch))
    return values.includes(undefined) ? undefined : mean(values as number[])
  }
  const last = { cnn: meanAt(cnn), fcnn: meanAt(fcnn) }
  return {
    cnn,
    fcnn,
    ahead: pairs.every(([first, second]) => aheadOf(first, second)),
    fcnnLonger: pairs.every(
      ([first, second]) => [first, second].every(({ run }) => run.status === 'converged') && second.run.epochs > first.run.epochs,
    ),
    atLast: last.cnn === undefined || last.fcnn === undefined ? null : { epoch, cnn: last.cnn, fcnn: last.fcnn },
  }
}

/** Whether the original's log has its CNN ahead at every epoch from `comparedFrom` on that it prints of both; null where there is none. */
export function printedAhead({ published: { experiments } }: SiteData): boolean | null {
  const fcnn = new Map(experiments['fcnn']?.curve.map(([epoch, , , , accuracy]) => [epoch, accuracy]))
  const common = (experiments['cnn']?.curve ?? []).filter(([epoch]) => epoch >= comparedFrom && fcnn.has(epoch))
  return common.length ? common.every(([epoch, , , , accuracy]) => accuracy > fcnn.get(epoch)!) : null
}
