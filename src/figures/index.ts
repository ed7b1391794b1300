import { augmented, averages, examples } from './characters.ts'
import { classCountsFigure } from './class-counts.ts'
import { classF1Figure } from './class-f1.ts'
import { confusion } from './confusion.ts'
import { accuracyCurves, lossCurves, poolingCurves, publishedCurves } from './curves.ts'
import type { SiteData } from '../data/site-data.ts'
import type { FigureChoice, FigureContent, FigureMaker } from './figure.ts'
import { finding } from './finding.ts'
import { gap } from './gap.ts'
import { journey } from './journey.ts'
import { layers, parameters } from './layers.ts'
import { denseWeights, firstFilters, firstStructure, secondFilters, secondStructure } from './weights.ts'

/** What `<Figure of="…">` can show. */
export const figures = {
  finding,
  'class-counts': classCountsFigure,
  examples,
  averages,
  layers,
  parameters,
  'class-f1': classF1Figure,
  confusion,
  'accuracy-curves': accuracyCurves,
  'loss-curves': lossCurves,
  'published-curves': publishedCurves,
  'pooling-curves': poolingCurves,
  gap,
  journey,
  'first-filters': firstFilters,
  'second-filters': secondFilters,
  'first-structure': firstStructure,
  'second-structure': secondStructure,
  'dense-weights': denseWeights,
  augmented,
} satisfies Record<string, FigureMaker>

export type FigureName = keyof typeof figures

const made = new WeakMap<SiteData, Map<string, FigureContent | null>>()

/** What a figure shows, made once: pages and the files of their pictures both ask for it. */
export function figureContent(data: SiteData, name: FigureName, choice: FigureChoice): FigureContent | null {
  const known = made.get(data) ?? new Map<string, FigureContent | null>()
  made.set(data, known)
  const key = `${name}/${choice.experiment ?? ''}`
  if (!known.has(key)) known.set(key, figures[name](data, choice))
  return known.get(key)!
}
