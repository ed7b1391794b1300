import { augmented, averages, examples } from './characters.ts'
import { classCountsFigure } from './class-counts.ts'
import { classF1Figure } from './class-f1.ts'
import { confusion } from './confusion.ts'
import { accuracyCurves, lossCurves, poolingCurves, publishedCurves, publishedLossCurves } from './curves.ts'
import { onceByKey } from '../data/once.ts'
import type { SiteData } from '../data/site-data.ts'
import type { FigureChoice, FigureContent, FigureMaker } from './figure.ts'
import { excitingFirst, excitingSecond } from './exciting.ts'
import { finding } from './finding.ts'
import { equalEpochsFigure } from './equal-epochs.ts'
import { gap } from './gap.ts'
import { journey } from './journey.ts'
import { layers, parameters } from './layers.ts'
import { misread } from './misread.ts'
import { sameFilters } from './same-filters.ts'
import { shapes } from './shapes.ts'
import { shifts } from './shifts.ts'
import { rateSweepFigure } from './rate-sweep.ts'
import { reproducedAccuracy, reproducedClassScores, reproducedLoss } from './reproduction.ts'
import { denseWeights, firstFilters, firstStructure, secondFilters, secondStructure } from './weights.ts'

/** What `<Figure of="…">` can show. */
export const figures = {
  finding,
  'class-counts': classCountsFigure,
  examples,
  averages,
  shapes,
  layers,
  parameters,
  'class-f1': classF1Figure,
  confusion,
  misread,
  'accuracy-curves': accuracyCurves,
  'loss-curves': lossCurves,
  'published-curves': publishedCurves,
  'published-loss-curves': publishedLossCurves,
  'pooling-curves': poolingCurves,
  gap,
  shifts,
  journey,
  'same-filters': sameFilters,
  'exciting-first': excitingFirst,
  'exciting-second': excitingSecond,
  'first-filters': firstFilters,
  'second-filters': secondFilters,
  'first-structure': firstStructure,
  'second-structure': secondStructure,
  'dense-weights': denseWeights,
  augmented,
  'rate-sweep': rateSweepFigure,
  'equal-epochs': equalEpochsFigure,
  'reproduced-loss': reproducedLoss,
  'reproduced-accuracy': reproducedAccuracy,
  'reproduced-classes': reproducedClassScores,
} satisfies Record<string, FigureMaker>

export type FigureName = keyof typeof figures

/** The same chart, drawn once for each width and label: a chapter, the whole report and the downloads all show it. */
function drawnOnce(content: FigureContent | null): FigureContent | null {
  if (!content?.chart) return content
  const { chart } = content
  const drawn = new Map<string, string>()
  return {
    ...content,
    chart: (options) => {
      const key = JSON.stringify(options)
      const svg = drawn.get(key) ?? chart(options)
      drawn.set(key, svg)
      return svg
    },
  }
}

const made = new WeakMap<SiteData, Map<string, FigureContent | null>>()

/** What a figure shows, made once: pages and the files of their pictures both ask for it. */
export const figureContent = (data: SiteData, name: FigureName, choice: FigureChoice): FigureContent | null =>
  onceByKey(made, data, `${name}/${choice.experiment ?? ''}`, () => drawnOnce(figures[name](data, choice)))
