import { z } from 'zod'
import { questions, type Question } from './questions.ts'

const text = (what: string) =>
  z.string({ error: (issue) => (issue.input === undefined ? `missing: write ${what}` : `write ${what}`) }).min(1)

/** Front matter of a chapter: `content/chapters/<address>.mdx`. */
export const chapterSchema = z.strictObject({
  /** The page's heading. */
  title: text("title: the chapter's heading"),
  /** In the list of chapters, where the title is long. */
  short: z.string().max(32, { error: 'short: at most 32 characters, it stands in a narrow column' }).optional(),
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
