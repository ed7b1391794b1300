import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wasmEngine } from '../../experiments/engine/portable/wasm-engine.ts'
import { wasmFolder } from '../../experiments/engine/wasm-folder.ts'
import { serveSite, type ServedSite } from './serve-site.ts'
import { sharedBrowser } from './shared-browser.ts'
import { models, shortTraining } from './short-training.ts'
import { temporaryFolder } from './temporary-folders.ts'
import { watchPage } from './watch-page.ts'

type InPage = typeof globalThis & {
  describeEngine(): Promise<string>
  train(model: string): Promise<ReturnType<typeof shortTraining>>
}

let server: ServedSite
let page: Page
let problems: string[]

beforeAll(async () => {
  const folder = temporaryFolder('portable')
  await build({
    entryPoints: [join(import.meta.dirname, 'train-in-browser.ts')],
    outfile: join(folder, 'train.js'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'error',
  })
  for (const file of readdirSync(wasmFolder()).filter((name) => name.endsWith('.wasm')))
    cpSync(join(wasmFolder(), file), join(folder, file))
  const html =
    '<!doctype html><html lang="en"><title>t</title>' +
    // The site's own policy for scripts (astro.config.mjs).
    '<meta http-equiv="Content-Security-Policy" content="script-src \'self\' \'wasm-unsafe-eval\'">' +
    '<link rel="icon" href="data:,"><script type="module" src="train.js"></script>'
  writeFileSync(join(folder, 'index.html'), html)
  server = await serveSite(folder, '/')
  page = await (await sharedBrowser()).newPage()
  problems = watchPage(page, server.url)
  await page.goto(server.url)
  await page.waitForFunction(() => 'train' in globalThis)
})
afterAll(async () => {
  await page.close()
  await server.close()
})

test('the portable engine starts in a browser, on WebAssembly with relaxed SIMD', async () => {
  expect(await page.evaluate(() => (globalThis as InPage).describeEngine())).toMatch(
    /^tfjs-core 4\.22\.0 on wasm with relaxed SIMD \(module [0-9a-f]{8}\)$/,
  )
})

test.each(models)('a short training of the %s in a browser lowers its loss, step by step as in Node', async (model) => {
  const inNode = shortTraining(await wasmEngine(wasmFolder()), model)
  const inBrowser = await page.evaluate((name) => (globalThis as InPage).train(name), model)
  expect(inBrowser.losses).toHaveLength(6)
  expect(inBrowser.losses.at(-1)!).toBeLessThan(0.95 * inBrowser.losses[0]!)
  for (const key of ['losses', 'logits'] as const) {
    expect(inBrowser[key]).toHaveLength(inNode[key].length)
    const apart = inBrowser[key].map((value, i) => Math.abs(value - inNode[key][i]!))
    expect(Math.max(...apart)).toBeLessThan(1e-4)
  }
  expect(problems).toEqual([])
})
