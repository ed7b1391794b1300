import { mean } from 'd3-array'

/** For every class of a confusion matrix (rows the true class): images of it classified right, given that class, and belonging to it. */
function tallies(confusion: readonly (readonly number[])[]) {
  return confusion.map((row, c) => ({
    right: row[c]!,
    predicted: confusion.reduce((sum, other) => sum + other[c]!, 0),
    actual: row.reduce((a, b) => a + b, 0),
  }))
}

/** A share of nothing is 0, as in scikit-learn. */
const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)

/** Of the images given a class, the share that belongs to it; by class. */
export const classPrecision = (confusion: readonly (readonly number[])[]): number[] =>
  tallies(confusion).map(({ right, predicted }) => share(right, predicted))

/** Of the images of a class, the share classified right; by class. */
export const classRecall = (confusion: readonly (readonly number[])[]): number[] =>
  tallies(confusion).map(({ right, actual }) => share(right, actual))

/** The harmonic mean of precision and recall; by class. */
export const classF1 = (confusion: readonly (readonly number[])[]): number[] =>
  tallies(confusion).map(({ right, predicted, actual }) => share(2 * right, predicted + actual))

/** The mean of the class F1s (not the F1 of mean precision and mean recall). */
export const macroF1 = (confusion: readonly (readonly number[])[]): number => mean(classF1(confusion))!
