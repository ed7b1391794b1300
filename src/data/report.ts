import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getCollection } from 'astro:content'
import { figures } from '../figures/index.ts'
import { tables } from '../tables/index.ts'
import { analysed } from './analysed.ts'
import { readBibliography, type Work } from './chapters/bibliography.ts'
import { chapterProblems } from './chapters/check-chapters.ts'
import { checklistFile, checklistProblems, readChecklist, type ChecklistItem } from './chapters/checklist.ts'
import { claims } from './claims/claims.ts'
import { verdictProblems } from './claims-ledger/check-verdicts.ts'
import { claimsLedger } from './claims-ledger/ledger.ts'
import { componentNames } from './chapters/component-names.ts'
import { glossaryFile, readGlossary, type GlossaryEntry } from './chapters/glossary.ts'
import { modelMeasures, runMeasures } from './measures.ts'
import { outlineOf, type ChapterSource, type Outline } from './chapters/outline.ts'
import { publishedMeasures } from './reproduction/published-measures.ts'
import { runsPage } from './run-pages.ts'
import { siteData } from './site-data.ts'
import { siteSettings } from './site-settings.ts'
import { speedFacts } from './speed/speed-facts.ts'
import { kernelMeasures, weightLayers } from './weight-structure.ts'
import { experiments, protocols } from '../../experiments/catalogue.ts'

export interface Report extends Outline {
  bibliography: Map<string, Work>
  glossary: GlossaryEntry[]
  checklist: ChecklistItem[]
}

const bibliographyFile = ['content', 'references.bib']

async function chapterSources(): Promise<ChapterSource[]> {
  const entries = await getCollection('chapters')
  return entries.map(({ id, data, body = '', filePath }) => {
    if (!filePath) throw new Error(`the chapter ${id} has no file`)
    const before = readFileSync(filePath, 'utf8').split(body)[0] ?? ''
    return {
      file: filePath,
      slug: id === 'index' ? '' : id,
      title: data.title,
      short: data.short,
      part: data.part,
      order: data.order,
      body,
      firstLine: before.split('\n').length,
    }
  })
}

async function makeReport(): Promise<Report> {
  const bibliography = readBibliography(join(process.cwd(), ...bibliographyFile))
  const glossary = readGlossary(join(process.cwd(), ...glossaryFile))
  const checklist = readChecklist(join(process.cwd(), ...checklistFile))
  const outline = outlineOf(await chapterSources())
  const keys = (record: object) => new Set(Object.keys(record))
  const problems = chapterProblems(outline, {
    citations: new Set(bibliography.keys()),
    experiments: new Set(experiments.map(({ name }) => name)),
    protocols: new Set(protocols.map(({ name }) => name)),
    measures: keys({ ...runMeasures, ...modelMeasures }),
    analysed: keys(analysed),
    publishedMeasures: keys(publishedMeasures),
    speedFacts: keys(speedFacts),
    weightLayers: new Set<string>(weightLayers),
    // Moran's I is no share of a kernel's energy.
    kernelMeasures: new Set(Object.keys(kernelMeasures).filter((name) => name !== 'likeness')),
    claims: keys(claims),
    figures: keys(figures),
    tables: keys(tables),
    terms: new Set(glossary.map(({ term }) => term)),
    components: new Set(componentNames),
  })
  const data = siteData()
  const own = data.resultsDir === siteSettings({}).resultsDir
  problems.push(...verdictProblems(outline.chapters, claimsLedger(data), own))
  // A report that does not show the list need not have its places.
  if (outline.chapters.some(({ parts }) => parts.components.some(({ name }) => name === 'Checklist')))
    problems.push(...checklistProblems(checklist, outline.targets, [runsPage.path]))
  if (problems.length) throw new Error(`chapters do not resolve:\n${problems.join('\n')}`)
  return { ...outline, bibliography, glossary, checklist }
}

/** All that the outline and the references are made from, as text. */
async function sourcesNow(): Promise<string> {
  const files = [bibliographyFile, glossaryFile, checklistFile].map((file) => readFileSync(join(process.cwd(), ...file), 'utf8'))
  return [...(await chapterSources()).map((source) => JSON.stringify(source)), ...files].join('\n')
}

let made: { sources: string; report: Promise<Report> } | undefined

/** The report's outline and references, checked once a build (in `dev`, at every change). Throws, listing every problem. */
export async function report(): Promise<Report> {
  const sources = import.meta.env.DEV ? await sourcesNow() : ''
  if (made?.sources !== sources) made = { sources, report: makeReport() }
  return made.report
}
