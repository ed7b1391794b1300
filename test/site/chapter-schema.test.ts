import { expect, it, test } from 'vitest'
import { chapterSchema } from '../../src/data/chapters/chapter-schema.ts'

const sound = { title: 'A chapter', order: 35, description: 'What it asks.' }

it('takes a title, an order and a description, and files the chapter under the report', () => {
  expect(chapterSchema.parse(sound)).toEqual({ ...sound, part: 'report', questions: [] })
})

test.each([
  ['a missing title', { title: undefined }, 'title', "missing: write title: the chapter's heading"],
  ['an empty description', { description: '' }, 'description', 'empty: write description: one sentence without results'],
  ['an order in words', { order: 'first' }, 'order', 'order: a whole number, 0 for the front page'],
  ['an unknown part', { part: 'prologue' }, 'part', 'part: one of report, evidence, appendix'],
  ['an unknown question', { questions: ['Q9'] }, 'questions.0', 'questions: a list of Q1, Q2'],
  ['a key that is none', { author: 'me' }, '', 'Unrecognized key: "author"'],
  ['a result', { description: 'It reaches 97.1 %.' }, 'description', '"97.1 %" is a result typed by hand: leave it out here'],
  ['a long short title', { short: 'x'.repeat(33) }, 'short', 'short: at most 32 characters'],
])('says of %s which key it is and what to write', (_, wrong, key, message) => {
  const { error } = chapterSchema.safeParse({ ...sound, ...wrong })
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([key])
  expect(error!.issues[0]!.message).toContain(message)
})
