import { describe, expect, it } from 'vitest'
import { confusionMatrix } from '../../experiments/evaluation/confusion.ts'
import { classes, reference } from '../reference/statistics.ts'

describe('the confusion matrix', () => {
  it.each(Object.entries(reference.metrics))("of %s is scikit-learn's", (_, { labels, predicted, confusion }) => {
    expect(confusionMatrix(classes(labels), classes(predicted))).toEqual(confusion)
  })

  it('refuses a class that is none, and says which image has it', () => {
    expect(() => confusionMatrix(new Uint8Array([1, 2]), new Uint8Array([1, 10]))).toThrow(
      'image 1 has label 2 and prediction 10',
    )
    expect(() => confusionMatrix(new Uint8Array([1, 11]), new Uint8Array([1, 1]))).toThrow('image 1 has label 11')
  })

  it('refuses predictions that do not match the labels in number', () => {
    expect(() => confusionMatrix(new Uint8Array(3), new Uint8Array(2))).toThrow('3 and 2')
  })
})
