import { classes } from '../../experiments/dataset/kmnist.ts'
import type { Interval } from '../../experiments/statistics/interval.ts'
import type { DataSheet } from './data-sheet.ts'

interface ClassScores {
  /** The experiment. */
  name: string
  ours: readonly { f1: number; interval: Interval }[] | null
  published: readonly number[] | undefined
}

/** F1 of every class, the original's and ours with intervals, unrounded. */
export const classScoresSheet = (all: readonly ClassScores[]): DataSheet => ({
  columns: ['experiment', 'class', 'character', 'published F1', 'F1', '95 % interval: low', '95 % interval: high'],
  rows: all.flatMap(({ name, ours, published }) =>
    classes.map(({ index, character }) => {
      const own = ours?.[index]
      const { low, high } = own?.interval ?? { low: null, high: null }
      return [name, index, character, published?.[index] ?? null, own?.f1 ?? null, low, high]
    }),
  ),
})
