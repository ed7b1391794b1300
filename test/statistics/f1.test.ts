import { describe, expect, it } from 'vitest'
import { accuracy } from '../../experiments/statistics/accuracy.ts'
import { classF1, classPrecision, classRecall, macroF1 } from '../../experiments/statistics/f1.ts'
import { reference } from '../reference/statistics.ts'

describe.each(Object.entries(reference.metrics))("scikit-learn's metrics of %s", (_, expected) => {
  const close = (values: number[], others: number[]) => {
    expect(values).toHaveLength(others.length)
    values.forEach((value, c) => expect(value, `class ${c}`).toBeCloseTo(others[c]!, 10))
  }
  it('precision', () => close(classPrecision(expected.confusion), expected.precision))
  it('recall', () => close(classRecall(expected.confusion), expected.recall))
  it('F1', () => close(classF1(expected.confusion), expected.f1))
  it('macro F1', () => expect(macroF1(expected.confusion)).toBeCloseTo(expected.macroF1, 10))
  it('accuracy', () => expect(accuracy(expected.confusion)).toBeCloseTo(expected.accuracy, 12))
})
