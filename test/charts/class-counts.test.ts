import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { classes } from '../../experiments/dataset/kmnist.ts'
import { classCounts } from '../../src/charts/class-counts.ts'
import { golden, widths } from './sample.ts'
import { expectWellMade, wordsOf } from './text-boxes.ts'

const label = 'Images of each class.'
const sets = [
  { name: 'training', counts: classes.map(() => 5500) },
  { name: 'validation', counts: classes.map(() => 500) },
  { name: 'test', counts: classes.map((_, i) => 1000 - 50 * i) },
]

describe.each(widths)('class counts, %s', (name, width) => {
  const chart = classCounts({ classes, sets }, { label, width })

  test('are drawn as before', async () => {
    expectWellMade(chart, label)
    await expect(chart).toMatchFileSnapshot(golden(`class-counts-${name}`))
  })

  test('share one scale: a bar is as long as its count', () => {
    const bars = [...parseHTML(chart).document.querySelectorAll('rect[data-say]')].map((bar) => Number(bar.getAttribute('width')))
    const counts = sets.flatMap((set) => set.counts)
    const perImage = bars[0]! / counts[0]!
    expect(perImage).toBeGreaterThan(0)
    bars.forEach((width, i) => expect(width).toBeCloseTo(counts[i]! * perImage, 0))
  })

  test('are written', () => {
    expect(wordsOf(chart)).toEqual(expect.arrayContaining(['training', 'validation', 'test', '5,500', '500', '1,000', '550']))
  })
})
