import { earlyStopping } from '../../training/early-stopping.ts'
import { monitored } from '../../training/improvement.ts'
import { reduceOnPlateau } from '../../training/reduce-on-plateau.ts'

/**
 * Losses that only a rule's finer points tell apart, where a ten-thousandth less counts as better, or anything less: a first that is
 * not finite; half of that less, all, and about all, where rounding to float32 decides; less than float32 can tell; one that is not
 * finite between; nothing better for so long that the rate goes down and down.
 */
const fine = [
  [null, 1, 0.5],
  [0.5, 0.49995],
  [0.5, 0.4999],
  [0.8, 0.79989997],
  [0.3, 0.29989997],
  [0.5, 0.49999999],
  [0.5, null, 0.4],
  [0.5, ...Array.from({ length: 8 }, () => 0.6)],
]

/**
 * A rule alone over the fine losses, or accuracies that mirror them: the rates it gives, as logarithms, since the tolerance is of whole
 * ones, and the epochs at which it would stop.
 */
export function rulesAlone(monitor: 'valLoss' | 'valAccuracy'): { rates: number[]; stops: number[] } {
  const cases = fine.flatMap((losses) => {
    const values = losses.map((loss) => monitored(loss === null || monitor === 'valLoss' ? loss : 1 - loss))
    return [0, 1e-4].map((minDelta) => ({ values, minDelta }))
  })
  return {
    rates: cases.flatMap(({ values, minDelta }) => {
      const rule = reduceOnPlateau({ monitor, minDelta, factor: 0.1, patience: 1 })
      let rate = 1
      return values.map((value) => Math.log10((rate = rule.update(value, rate))))
    }),
    stops: cases.flatMap(({ values, minDelta }) => {
      const rule = earlyStopping({ monitor, minDelta, patience: 1 })
      return values.map((value, i) => Number(rule.update(i + 1, value)))
    }),
  }
}
