import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { plainEnvironment } from './built-site.ts'
import { copyOfTree } from './copy-of-tree.ts'
import { freePort } from './free-port.ts'
import { sharedBrowser } from './shared-browser.ts'

/** Whatever else runs on the machine only adds to the time: the shortest of some edits is the nearest to its own. */
const edits = 6

describe('npm run dev', () => {
  const tree = copyOfTree('edited')
  let server: ReturnType<typeof spawn>
  let url: string
  beforeAll(async () => {
    const port = await freePort()
    url = `http://localhost:${port}/`
    const args = ['node_modules/astro/bin/astro.mjs', 'dev', '--port', String(port)]
    server = spawn(process.execPath, args, {
      cwd: tree,
      env: { ...plainEnvironment(), ASTRO_TELEMETRY_DISABLED: '1' },
      stdio: 'ignore',
    })
    await vi.waitFor(async () => expect((await fetch(url)).status).toBe(200), { timeout: 120_000, interval: 200 })
  })
  afterAll(() => void server.kill())

  it.each(['comparison', 'learning-curves', 'method'])('shows an edit of the chapter %s within a second', async (chapter) => {
    const file = join(tree, 'content', 'chapters', `${chapter}.mdx`)
    const text = readFileSync(file, 'utf8').trimEnd()
    const page = await (await sharedBrowser()).newPage()
    try {
      await page.goto(`${url}${chapter}/`)
      const times: number[] = []
      for (let edit = 0; edit < edits; edit++) {
        await page.waitForLoadState('networkidle')
        const words = `Edited ${'abcdef'[edit]} once more.`
        const start = performance.now()
        writeFileSync(file, `${text}\n\n${words}\n`)
        await page.waitForFunction((sought) => document.querySelector('main')?.textContent.includes(sought), words)
        times.push(performance.now() - start)
      }
      expect(Math.min(...times)).toBeLessThan(1000)
    } finally {
      await page.close()
    }
  })
})
