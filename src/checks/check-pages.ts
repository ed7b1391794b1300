import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pageProblems } from './page-problems.ts'

/** Throws, naming page and figure, where a built page in `folder` has an unformatted value, an empty figure or the like. */
export async function checkPages(folder: string): Promise<void> {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html'))
    .sort()
  const problems: string[] = []
  for (const page of pages)
    problems.push(...pageProblems(await readFile(join(folder, page), 'utf8')).map((problem) => `${page}: ${problem}`))
  if (problems.length)
    throw new Error(`${problems.length} defects in the built pages, which are not to be published:\n${problems.join('\n')}`)
}
