import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runAstro } from '../browser/built-site.ts'
import { copyOfTree } from '../browser/copy-of-tree.ts'
import { temporaryFolder } from '../browser/temporary-folders.ts'

const head = (lines: string) => `---\ntitle: Broken\n${lines}\n---\n\n<Answer>\n\nYes.\n\n</Answer>\n`
const sound = head('order: 10\ndescription: What it asks.')

/** What Astro says of a report that has this one chapter, and no runs. */
async function refusal(command: 'sync' | 'build', chapter: string, env: Record<string, string> = {}): Promise<string> {
  const tree = copyOfTree('broken')
  const chapters = join(tree, 'content', 'chapters')
  for (const file of readdirSync(chapters)) rmSync(join(chapters, file))
  writeFileSync(join(chapters, 'broken.mdx'), chapter)
  return runAstro([command], { RESULTS_DIR: temporaryFolder('no-results'), ...env }, tree).then(
    () => 'no error',
    (error: Error) => error.message,
  )
}

test.concurrent('the build names key, file and fix where a chapter’s head is wrong', async () => {
  const message = await refusal('sync', head('order: first\nauthor: me'))
  expect(message).toContain('broken')
  for (const said of ['order: a whole number, 0 for the front page', 'missing: write description: one sentence', '"author"'])
    expect(message).toContain(said)
})

test.concurrent(
  'the build names file and line of every citation, reference, number and typed result in a chapter that is none',
  async () => {
    const message = await refusal(
      'build',
      `${sound}
<Cite of="nobody2020" />, <Ref to="nowhere" />, <Num of="beauty" experiment="cnn" />

It reads 97.1 %, [see](data/).
`,
    )
    for (const said of [
      'content/chapters/broken.mdx:13: <Cite of="nobody2020">',
      'content/chapters/broken.mdx:13: <Ref to="nowhere">',
      'content/chapters/broken.mdx:13: <Num of="beauty">',
      'content/chapters/broken.mdx:15: "97.1 %" is typed by hand',
      'content/chapters/broken.mdx:15: the link to "data/" breaks',
    ])
      expect(message).toContain(said)
  },
)

test.concurrent('the build refuses a sentence that its own records’ verdict no longer bears out', async () => {
  const sentence = `${sound}\n<Verdict claim="11" is="supported">It saves many.</Verdict>\n`
  expect(await refusal('build', sentence, { RESULTS_DIR: '' })).toContain(
    'content/chapters/broken.mdx:13: <Verdict claim="11" is="supported">: the data of this build say "refuted"',
  )
})

test.concurrent('the build refuses pages with a value that escaped formatting', async () => {
  expect(await refusal('build', `${sound}\nIt reads {String(0 / 0)} of them.\n`)).toContain(
    'broken/index.html: unformatted value in text: It reads NaN of them.',
  )
})

test.concurrent('the build refuses an address of the site with a path, which links would lack', async () => {
  expect(await refusal('sync', sound, { SITE_URL: 'https://example.org/kana' })).toContain(
    'SITE_URL is https://example.org/kana: its path, /kana, belongs into SITE_BASE',
  )
})
