import { z } from 'zod'
import { numbersIn } from '../../markdown/typed-numbers.ts'
import { questions, type Question } from './questions.ts'

/** Front matter can't take its numbers from the data, so that it has none that could change. */
const text = (what: string) =>
  z
    .string({ error: (issue) => (issue.input === undefined ? `missing: write ${what}` : `write ${what}`) })
    .min(1, { error: `empty: write ${what}` })
    .refine((value) => numbersIn(value).length === 0, {
      error: ({ input }) => `"${numbersIn(String(input)).join('", "')}" is a result typed by hand: leave it out here`,
    })

/** Parts of the report, in the order of its list of chapters. */
export const parts = ['report', 'evidence', 'appendix'] as const
export type Part = (typeof parts)[number]

/** Front matter of a chapter: `content/chapters/<address>.mdx`. */
export const chapterSchema = z.strictObject({
  /** The page's heading. */
  title: text("title: the chapter's heading"),
  /** In the list of chapters, where the title is long. */
  short: text('short: the chapter’s name in the list of chapters')
    .max(32, { error: 'short: at most 32 characters, it stands in a narrow column' })
    .optional(),
  /** Where the list of chapters shows it: the report proper, the evidence behind it, or what surrounds both. */
  part: z.enum(parts, { error: `part: one of ${parts.join(', ')}` }).default('report'),
  /** Place in the report; figures, tables and equations are numbered in this order. */
  order: z.int({ error: 'order: a whole number, 0 for the front page' }).nonnegative(),
  /** The original's research questions that it answers. */
  questions: z
    .array(
      z.enum(Object.keys(questions) as [Question, ...Question[]], {
        error: `questions: a list of ${Object.keys(questions).join(', ')}`,
      }),
    )
    .default([]),
  /** One sentence for search engines and previews, without results: those may change. */
  description: text('description: one sentence without results, for search engines').max(200),
})
export type ChapterFrontMatter = z.infer<typeof chapterSchema>
