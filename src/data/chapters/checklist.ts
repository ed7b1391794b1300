import { z } from 'zod'
import { numbersIn } from '../../markdown/typed-numbers.ts'
import type { Outline } from './outline.ts'
import { readData } from '../read-data.ts'

/** Results change and words must not: the list has none. */
const text = z
  .string()
  .min(1)
  .refine((value) => numbersIn(value).length === 0, { error: 'a decimal or percentage typed by hand: leave it out here' })

const itemSchema = z
  .strictObject({
    /** What is asked for. */
    asks: text,
    /** Where the report has it: ids as `<Ref>` takes them, or addresses of pages that are no chapters. */
    at: z.array(z.string().min(1)).min(1).optional(),
    /** More about where or how. */
    says: text.optional(),
    /** How the names of the protocols begin that it takes runs of: while a planned one is missing, it is done in part. */
    runs: text.optional(),
    /** Why it is not done, or what of it is not. */
    lacking: text.optional(),
  })
  .refine(({ at, lacking }) => at ?? lacking, {
    error: 'neither answered nor excused: write at: […], where the report answers it, or lacking: …, why it does not',
  })
export type ChecklistItem = z.infer<typeof itemSchema>

export const checklistFile = ['content', 'checklist.yaml'] as const

/** The reporting checklist. Throws, naming file, place and value, where an item has neither an answer nor a reason. */
export const readChecklist = (file: string): ChecklistItem[] => readData(file, z.array(itemSchema).min(1))

/** Places that the list names and the report has not, each as "file: item: what is wrong, and what there is". */
export const checklistProblems = (items: readonly ChecklistItem[], targets: Outline['targets'], pages: readonly string[]) =>
  items.flatMap(({ at = [] }, i) =>
    at
      .filter((place) => !targets.has(place) && !pages.includes(place))
      .map((place) => {
        const there = [...targets.keys(), ...pages].sort().join(', ')
        return `${checklistFile.join('/')}: item ${i + 1} is said to be answered at "${place}": there is no such place; there are: ${there}`
      }),
  )

/** How far an item is done, and what is lacking; `protocols` are those of planned runs that have not been made. */
export function standing({ at, lacking, runs }: ChecklistItem, protocols: readonly string[]) {
  const missing = runs && protocols.some((name) => name.startsWith(runs)) ? 'not all of its runs have been made yet.' : undefined
  const lacks = [lacking, missing].filter(Boolean).join(' Also, ') || undefined
  return { done: !at ? 'not done' : lacks ? 'in part' : 'done', lacks } as const
}
