import { describe, expect, test } from 'vitest'
import { kernelStructure } from '../../experiments/statistics/kernel-structure.ts'
import { histogramSteps, kernelStructureChart } from '../../src/charts/kernel-structure-chart.ts'
import { golden, numbers, series, widths } from './sample.ts'
import { expectWellMade, wordsOf } from './text-boxes.ts'

const label = 'Shares of energy.'
const random = numbers(3)
const noise = Array.from({ length: 32 }, () => Float32Array.from({ length: 9 }, () => random() - 0.5))
const untrained = noise.map(kernelStructure)
const trained = noise.map((kernel) => kernelStructure(kernel.map((v, i) => v * 0.4 + (i % 3) - 1)))

describe.each(widths)('kernel structure, %s', (name, width) => {
  const chart = kernelStructureChart({ series: series[0]!, trained, untrained }, { label, width })

  test('is drawn as before', async () => {
    expectWellMade(chart, label)
    await expect(chart).toMatchFileSnapshot(golden(`kernel-structure-${name}`))
  })

  test('names both kinds and all four parts', () => {
    expect(wordsOf(chart)).toEqual(expect.arrayContaining(['trained', 'untrained', 'even grey', 'edges', 'blur', 'all of these']))
  })

  test('keeps the figures apart where both kinds have the same means', () => {
    expectWellMade(kernelStructureChart({ series: series[0]!, trained, untrained: trained }, { label, width }), label)
  })
})

test('a histogram’s steps hold all values, the largest in the last bin', () => {
  const steps = histogramSteps([0, 0.1, 0.6, 1], 2)
  expect(steps).toEqual([
    { x: 0, y: 0 },
    { x: 0, y: 0.5 },
    { x: 0.5, y: 0.5 },
    { x: 0.5, y: 0.5 },
    { x: 1, y: 0.5 },
    { x: 1, y: 0 },
  ])
})
