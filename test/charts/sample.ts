import { experiments } from '../../experiments/catalogue.ts'
import { createRandom } from '../../experiments/random.ts'
import { seriesOf } from '../../src/charts/series.ts'

/** The five experiments as charts show them. */
export const series = experiments.map(seriesOf)

/** Numbers in 0…1, the same in every run. */
export function numbers(key: number): () => number {
  const random = createRandom(key, 'drawing', 0)
  return () => random.uniform()
}

export const widths = [
  ['wide', 680],
  ['narrow', 340],
] as const

/** Where a chart's golden SVG lies: a change in looks shows in review. Renewed by `vitest run -u`. */
export const golden = (name: string) => `./golden/${name}.svg`
