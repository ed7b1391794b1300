import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { spatialAutocorrelation } from '../../experiments/statistics/spatial-autocorrelation.ts'

const reference = JSON.parse(readFileSync(new URL('../reference/weight-pictures.json', import.meta.url), 'utf8')) as {
  autocorrelation: { name: string; height: number; width: number; picture: number[]; moran: number }[]
}

test.each(reference.autocorrelation)('Moran’s I of the picture "$name" agrees with esda', ({ height, width, picture, moran }) => {
  expect(spatialAutocorrelation(picture, height, width)).toBeCloseTo(moran, 9)
})

test('a picture of one value has none', () => {
  expect(spatialAutocorrelation(new Float32Array(784).fill(2), 28, 28)).toBeNaN()
})

test('a picture of another size is refused', () => {
  expect(() => spatialAutocorrelation(new Float32Array(9), 28, 28)).toThrow('784 values, but this one has 9')
})
