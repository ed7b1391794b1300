import { findingChart } from '../charts/finding-chart.ts'
import { claimHolds } from '../data/claims/claims.ts'
import { measured } from '../data/measured.ts'
import { scoreRange } from '../data/picks.ts'
import { runsOf, type SiteData } from '../data/site-data.ts'
import { macroF1Table } from '../tables/macro-f1.ts'
import type { DataSheet } from '../tables/data-sheet.ts'
import type { FigureMaker } from './figure.ts'

function title(data: SiteData): string {
  const gains = claimHolds(data, 'all-above-published')
  const apart = claimHolds(data, 'cnn-beats-fcnn')
  if (gains === null || apart === null) return 'Macro F1 of every experiment, published and ours'
  const first = gains
    ? 'Under our protocol every network scores higher than published'
    : 'Not every network scores higher than published'
  return apart ? `${first}, and the CNN leads the FCNN` : `${first}; the CNN does not lead the FCNN`
}

/** The finding in one figure: macro F1 of every experiment, the original's and ours. */
export const finding: FigureMaker = (data) => {
  const rows = data.experiments.map(({ experiment, series, published }) => {
    const ours = measured(data, 'macroF1', experiment.name)
    return {
      series,
      published: published?.macroF1 ?? null,
      ours: ours && {
        mean: ours.value,
        interval: ours.interval,
        seeds: ours.perSeed,
      },
    }
  })
  const seeds = data.experiments.map(({ runs }) => runs.length).filter((count) => count > 0)
  const overSeeds = seeds.some((count) => count > 1)
  const overImages = seeds.some((count) => count === 1)
  const over = [
    ...(overSeeds ? ['over seeds (small dots)'] : []),
    ...(overImages ? ['over test images where there is one seed'] : []),
  ]
  const ranges = [scoreRange(data, 'all', true), scoreRange(data, 'all', false)]
  return {
    title: title(data),
    subtitle: `Macro F1 on the test images: open circles published, points ours${over.length ? ` with 95 % intervals ${over.join(' or ')}` : ''}; grey bands: from the lowest to the highest score without augmentation, and with it`,
    alt: `${title(data)}. Macro F1 published: ${ranges[0] ?? 'none'}; ours: ${ranges[1] ?? 'not all run yet'}.`,
    chart: (options) => findingChart(rows, options),
    table: macroF1Table(data, {}),
    data: {
      columns: ['experiment', 'source', 'seed', 'macro F1', '95 % interval: low', '95 % interval: high'],
      rows: data.experiments.flatMap(({ experiment: { name }, runs }, i): DataSheet['rows'] => {
        const { published, ours } = rows[i]!
        return [
          ...(published === null ? [] : [[name, 'published', data.published.seed, published, null, null]]),
          ...(ours?.seeds ?? []).map((value, seed) => [name, 'ours', runs[seed]!.seed, value, null, null]),
          ...(ours ? [[name, 'ours, mean', null, ours.mean, ours.interval?.low ?? null, ours.interval?.high ?? null]] : []),
        ]
      }),
    },
    runs: runsOf(data),
  }
}
