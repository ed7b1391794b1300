import GithubSlugger from 'github-slugger'
import { z } from 'zod'
import { numbersIn } from '../../markdown/typed-numbers.ts'
import { readData } from '../read-data.ts'

/** No results, in what a word means: those may change, and the words would not. */
const means = z
  .string()
  .min(1)
  .refine((text) => numbersIn(text).length === 0, 'a result typed by hand')
const glossarySchema = z.array(z.strictObject({ term: z.string().min(1), means })).min(1)

/** A word of the field. */
export interface GlossaryEntry {
  term: string
  means: string
  /** Of its place in the glossary. */
  id: string
}

/** Throws, naming file, place and value, where the file is not what the schema says, or has a term twice. */
export function readGlossary(file: string): GlossaryEntry[] {
  const entries = readData(file, glossarySchema)
  const names = entries.map(({ term }) => term.toLowerCase())
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice) throw new Error(`${file}: "${twice}" is explained twice: keep one`)
  const slugger = new GithubSlugger()
  return entries.map((entry) => ({ ...entry, id: slugger.slug(entry.term) }))
}

export const glossaryFile = ['content', 'glossary.yaml'] as const
