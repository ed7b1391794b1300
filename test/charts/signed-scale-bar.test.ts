import { expect, test } from 'vitest'
import { signedScaleBar } from '../../src/charts/signed-scale-bar.ts'
import { golden } from './sample.ts'
import { expectWellMade, wordsOf } from './text-boxes.ts'

test('the scale of weights is drawn as before, with its range', async () => {
  const label = 'Scale from −.35 to .35.'
  const bar = signedScaleBar(0.35, { label, title: 'weight', width: 240 })
  expectWellMade(bar, label)
  expect(wordsOf(bar)).toEqual(['weight', '−.35', '0', '.35'])
  await expect(bar).toMatchFileSnapshot(golden('signed-scale-bar'))
})

test('small and large limits are written with two figures', () => {
  expect(wordsOf(signedScaleBar(0.0421, { label: '', title: 'weight' }))).toContain('.042')
  expect(wordsOf(signedScaleBar(1.27, { label: '', title: 'weight' }))).toContain('1.3')
})
