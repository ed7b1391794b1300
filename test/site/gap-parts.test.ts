import { describe, expect, it } from 'vitest'
import { claimHolds } from '../../src/data/claims/claims.ts'
import { gap } from '../../src/figures/gap.ts'
import { siteOfRuns, type MadeUpRun } from './made-up-runs.ts'

/** What is lost from training to validation images, and from there to test images, of each seed. */
type Losses = readonly (readonly [toValidation: number, fromThere: number])[]
const site = (cnnAugmented: Losses, fcnnAugmented: Losses = cnnAugmented) => {
  const plain: Losses = [0.03, 0.03, 0.03].map((toValidation) => [toValidation, 0.05])
  const runs = (losses: Losses): MadeUpRun[] =>
    losses.map(([toValidation, fromThere]) => ({
      train: 0.99,
      validation: 0.99 - toValidation,
      test: 0.99 - toValidation - fromThere,
    }))
  return siteOfRuns({
    corrected: {
      cnn: runs(plain),
      fcnn: runs(plain),
      'cnn-augmented': runs(cnnAugmented),
      'fcnn-augmented': runs(fcnnAugmented),
    },
  })
}
const three = (toValidation: number, fromThere = 0.045): Losses => [0, 1, 2].map(() => [toValidation, fromThere])

describe('what augmentation takes of the generalisation gap', () => {
  it('is two thirds of the way to validation images where both networks surely lose a third or less of what they did', () => {
    const holds = (...of: Parameters<typeof site>) => claimHolds(site(...of), 'augmentation-narrows-to-validation')
    expect([holds(three(0.0095)), holds(three(0.0105)), holds(three(0.009), three(0.0105))]).toEqual([true, false, false])
    // As little on average, and one seed that lost more.
    expect(
      holds([
        [0, 0.045],
        [-0.01, 0.045],
        [0.035, 0.045],
      ]),
    ).toBe(false)
    expect(claimHolds(siteOfRuns({}), 'augmentation-narrows-to-validation')).toBeNull()
  })

  it('is less than a quarter of the way from there to test images where both surely lose more than three quarters of what they did', () => {
    const holds = (...of: Parameters<typeof site>) => claimHolds(site(...of), 'augmentation-takes-little-from-there')
    // Three quarters of .05 are .0375.
    expect([holds(three(0.01, 0.038)), holds(three(0.01, 0.037)), holds(three(0.01), three(0.01, 0.037))]).toEqual([
      true,
      false,
      false,
    ])
    // More on average, and one seed that lost less.
    expect(
      holds([
        [0.01, 0.045],
        [0.01, 0.045],
        [0.01, 0.03],
      ]),
    ).toBe(false)
    expect(claimHolds(siteOfRuns({}), 'augmentation-takes-little-from-there')).toBeNull()
  })

  it('stands in the table of the figure, in two parts', () => {
    const { columns, rows } = gap(site(three(0.01)), {})!.table!
    expect(columns.slice(-2).map(({ label }) => label)).toEqual(['Training − validation', 'Validation − test'])
    const texts = (row: (typeof rows)[number]) => row.map((cell) => (cell && typeof cell === 'object' ? cell.text : cell))
    expect(texts(rows[0]!).slice(-2)).toEqual(['3.0', '5.0'])
  })
})
