import type { RunRecord, Score } from '../../experiments/results/schema.ts'
import type { Cell } from '../../src/tables/table-data.ts'
import { makeRecord } from '../helpers/make-record.ts'

type Mistakes = readonly [truth: number, predicted: number, images: number][]

/** A score of ten equal classes of which all images but these are read right. */
export function scoreOf(perClass: number, loss: number | null, mistakes: Mistakes): Score {
  const confusion = Array.from({ length: 10 }, (_, i) => Array.from({ length: 10 }, (__, j) => (i === j ? perClass : 0)))
  for (const [truth, predicted, misread] of mistakes) {
    confusion[truth]![truth]! -= misread
    confusion[truth]![predicted]! += misread
  }
  const wrong = mistakes.reduce((sum, [, , misread]) => sum + misread, 0)
  return { images: perClass * 10, loss, accuracy: (perClass * 10 - wrong) / (perClass * 10), confusion }
}

/** Half of one class is read as another: its F1 is 2/3, the other's 4/5, and the mean of the ten .947. */
export const halfMisread = (truth: number, predicted: number, loss: number | null = 0.1): Score =>
  scoreOf(30, loss, [[truth, predicted, 15]])

/** A run in small numbers, so that each of its measures can be worked out by hand. */
export const handMadeRecord = (changes: Partial<RunRecord> = {}): RunRecord =>
  makeRecord({
    epochs: 4,
    scoredEpoch: 2,
    history: [
      { epoch: 1, loss: 0.9, accuracy: 0.7, valLoss: 0.8, valAccuracy: 0.75, learningRate: 1 },
      { epoch: 2, loss: 0.6, accuracy: 0.8, valLoss: 0.4, valAccuracy: 0.85, learningRate: 1 },
      { epoch: 3, loss: 0.5, accuracy: 0.81, valLoss: 0.45, valAccuracy: 0.84, learningRate: 0.1 },
      { epoch: 4, loss: null, accuracy: 0.82, valLoss: null, valAccuracy: 0.83, learningRate: 0.010000000000000002 },
    ],
    timings: { secondsPerEpoch: [30, 60, 210, 120], imagesPerSecond: 1234.4 },
    evaluation: {
      train: halfMisread(0, 1),
      validation: scoreOf(2, 0.4, [
        [5, 6, 1],
        [7, 8, 2],
      ]),
      // 77 of 100 are right; 2 + 9 + 5 + 10 + 6 + 10 + 7 + 10 + 8 + 10 by class.
      test: scoreOf(10, 0.5, [
        [0, 1, 6],
        [0, 4, 2],
        [1, 0, 1],
        [2, 3, 5],
        [4, 5, 4],
        [6, 7, 3],
        [8, 9, 2],
      ]),
    },
    ...changes,
  })

/** What stands in the cells. */
export const texts = (cells: readonly Cell[]) => cells.map((cell) => (cell && typeof cell !== 'string' ? cell.text : cell))

/** A row of a table by what its first cell says. */
export function rowOf(rows: readonly (readonly Cell[])[], name: string) {
  const found = rows.map(texts).find(([first]) => first === name)
  if (!found) throw new Error(`no row "${name}" among ${rows.map((row) => texts(row)[0]).join(', ')}`)
  return found.slice(1)
}
