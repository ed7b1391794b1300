import { describe, expect, test } from 'vitest'
import { classes } from '../../experiments/dataset/kmnist.ts'
import { classF1Chart, type ClassScores } from '../../src/charts/class-f1-chart.ts'
import { golden, numbers, series, widths } from './sample.ts'
import { expectWellMade, textBoxes, wordsOf } from './text-boxes.ts'

const label = 'F1 of each class in five experiments.'
const random = numbers(2)
const scores: ClassScores[] = series.map((each) => ({
  series: each,
  published: classes.map(() => 0.84 + random() * 0.1),
  ours: classes.map(() => {
    const f1 = 0.9 + random() * 0.08
    return { f1, interval: { low: f1 - 0.012, high: f1 + 0.01 } }
  }),
}))

describe.each(widths)('F1 by class, %s', (name, width) => {
  test('is drawn as before', async () => {
    const chart = classF1Chart({ classes, scores }, { label, width })
    expectWellMade(chart, label)
    await expect(chart).toMatchFileSnapshot(golden(`class-f1-${name}`))
  })

  test('titles every panel and writes classes by character, romanisation and number', () => {
    const words = wordsOf(classF1Chart({ classes, scores }, { label, width })).join(' ')
    for (const { title } of series) for (const word of title.split(' ')) expect(words).toContain(word)
    expect(words).toContain('お o 0')
    expect(words).toContain('を wo 9')
  })

  test('draws its rows in the order asked for', () => {
    const boxes = textBoxes(classF1Chart({ classes, scores }, { label, width, order: [2, 0, 1, 3, 4, 5, 6, 7, 8, 9] }))
    const top = (words: string) => boxes.find((box) => box.words === words)!.top
    expect(top('す su 2')).toBeLessThan(top('お o 0'))
    expect(top('お o 0')).toBeLessThan(top('き ki 1'))
  })

  test('has room for more experiments than stand in a row', () => {
    const eight = Array.from({ length: 8 }, (_, i) => scores[i % scores.length]!)
    expectWellMade(classF1Chart({ classes, scores: eight }, { label, width }), label)
  })

  test('an experiment that was not run keeps its panel', () => {
    const chart = classF1Chart({ classes, scores: scores.map((s, i) => (i === 0 ? { ...s, ours: null } : s)) }, { label, width })
    expectWellMade(chart, label)
    expect(wordsOf(chart)).toContain('ours: not run yet')
  })
})
