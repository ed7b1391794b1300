import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { close, createIndex } from 'pagefind'

/** Pagefind's own search boxes: the site has one of its own. */
const unused = /^pagefind-(ui|modular-ui|component-ui|highlight)\b/

/** What is no prose: drawings, tables, formulas, code, misread characters one by one, and below figures the runs they are made from. */
const excludeSelectors = ['svg', 'table', '.katex', 'pre', '.cell li', '.sources']

/** Throws with all that Pagefind says where it says anything. */
function sound<Answer extends { errors: string[] }>(answer: Answer): Answer {
  if (answer.errors.length) throw new Error(`Pagefind: ${answer.errors.join('; ')}`)
  return answer
}

/**
 * Makes the search index of the built site in `folder`, into its `pagefind/`. Pages have their text in `data-pagefind-body`, what they
 * are in a filter.
 * @returns how many pages were indexed
 */
export async function indexSite(folder: string): Promise<number> {
  // Japanese, so that words in kana are found without spaces between them; English words are whole words all the same.
  const { index } = sound(await createIndex({ forceLanguage: 'ja', excludeSelectors }))
  if (!index) throw new Error('Pagefind made no index')
  try {
    const { page_count: pages } = sound(await index.addDirectory({ path: folder }))
    const { files } = sound(await index.getFiles())
    for (const { path, content } of files.filter((file) => !unused.test(file.path))) {
      const target = join(folder, 'pagefind', path)
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, content)
    }
    return pages
  } finally {
    await close()
  }
}
