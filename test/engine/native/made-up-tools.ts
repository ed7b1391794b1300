import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'

const require = createRequire(import.meta.url)
/** Any addon that Node can load: what the made-up compiler gives. */
const addon = createRequire(require.resolve('@resvg/resvg-js')).resolve('@resvg/resvg-js-linux-x64-gnu')

/** What the commands that an install runs do here, as bodies of CommonJS scripts: the least that the next step needs. */
const working = {
  npm: `
    const tfjs = 'node_modules/@tensorflow/tfjs-node'
    fs.mkdirSync(tfjs, { recursive: true })
    fs.writeFileSync(tfjs + '/package.json', '{"name":"@tensorflow/tfjs-node","version":"4.22.0"}')`,
  python3: `
    if (args[0] === '-m') { console.error('pip finds nothing here'); process.exit(1) }
    const [, , wheel, folder] = args
    if (wheel) {
      fs.readFileSync(wheel)
      fs.mkdirSync(folder + '/tensorflow')
      for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) fs.writeFileSync(folder + '/tensorflow/' + name, '')
    }`,
  'g++': `if (args[0] !== '--version') fs.copyFileSync(${JSON.stringify(addon)}, args[args.indexOf('-o') + 1])`,
}
type Tool = keyof typeof working

export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Makes these the only commands there are until the test ends. @param changes other bodies of some; null: it isn't there */
export function useTools(changes: Partial<Record<Tool, string | null>> = {}): string {
  const folder = temporaryFolder('tools')
  for (const [name, body] of Object.entries({ ...working, ...changes })) {
    if (body === null) continue
    const file = join(folder, name)
    writeFileSync(file, `#!${process.execPath}\nconst fs = require('node:fs')\nconst args = process.argv.slice(2)\n${body}\n`)
    chmodSync(file, 0o755)
  }
  vi.stubEnv('PATH', folder)
  vi.stubEnv('CXX', '')
  return folder
}

/** An empty cache folder, in use until the test ends. */
export function useCache(): string {
  const cache = temporaryFolder('cache')
  vi.stubEnv('KUZUSHIJI_CACHE', cache)
  mkdirSync(join(cache, 'engine'))
  return join(cache, 'engine')
}

export const wheelBytes = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 37) % 251))
export const wheel = {
  project: 'tensorflow-cpu',
  version: '0.0.1',
  python: '3.11',
  platform: 'any',
  sha256: createHash('sha256').update(wheelBytes).digest('hex'),
}
export const wheelName = 'tensorflow_cpu-0.0.1-cp311-cp311-any.whl'

/**
 * Serves the wheel as PyPI would, until the test ends.
 * @param answers what each request for the file gets, in turn, the last one also after that: all bytes, these, so many of them before
 *   the connection breaks, or `gone`
 * @returns the ranges that were asked for
 */
export async function useIndex(...answers: ('whole' | 'gone' | Buffer | number)[]): Promise<(string | undefined)[]> {
  const ranges: (string | undefined)[] = []
  const server = createServer((request, response) => {
    if (request.url === '/simple/tensorflow-cpu/')
      return void response.end(
        `<a href="../../files/other.whl">x</a><a href="../../files/${wheelName}#sha256=0">${wheelName}</a>`,
      )
    const answer = answers[Math.min(ranges.length, answers.length - 1)]!
    ranges.push(request.headers.range)
    if (answer === 'gone') return void response.writeHead(404).end()
    if (typeof answer === 'number') {
      response.writeHead(200, { 'content-length': wheelBytes.length }).write(wheelBytes.subarray(0, answer))
      return void setTimeout(() => response.destroy(), 100)
    }
    const bytes = answer === 'whole' ? wheelBytes : answer
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const headers = from ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}
    response.writeHead(from ? 206 : 200, headers).end(bytes.subarray(from))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  vi.stubEnv('PIP_INDEX_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`)
  return ranges
}
