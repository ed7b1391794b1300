import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { dataFiles, type DataFile } from '../../experiments/dataset/kmnist.ts'
import { findDataset, obtainDataset, type ObtainOptions } from '../../experiments/dataset/obtain.ts'
import { idxImages, idxLabels } from './idx-file.ts'

/** Pictures that hardly compress, so that the gzip file can be cut in the middle. */
const noise = (images: number) => Uint8Array.from({ length: images * 784 }, (_, i) => (Math.sin(i + 1) * 1e4) & 255)
const contents: Record<string, Uint8Array> = {
  'train-images-idx3-ubyte': idxImages(noise(30)),
  'train-labels-idx1-ubyte': idxLabels(Array.from({ length: 30 }, (_, i) => i % 10)),
  't10k-images-idx3-ubyte': idxImages(noise(10)),
  't10k-labels-idx1-ubyte': idxLabels([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const files: DataFile[] = dataFiles.map((file) => ({
  ...file,
  bytes: contents[file.name]!.length,
  sha256: sha256(contents[file.name]!),
}))
const names = Object.keys(contents)
const packed = Object.fromEntries(names.map((name) => [`/${name}.gz`, gzipSync(contents[name]!)]))
const trainImages = '/train-images-idx3-ubyte.gz'

let cache: string
let folder: string
let server: Server | undefined
let lines: string[]
let asked: { url: string; range: string | undefined }[]

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'kmnist-cache-'))
  folder = mkdtempSync(join(tmpdir(), 'kmnist-folder-'))
  lines = []
  asked = []
})
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = undefined
  for (const path of [cache, folder]) rmSync(path, { recursive: true })
})

/** Sends a file as well-behaved servers do, ranges included. */
const serve: RequestListener = (request, response) => {
  const content = packed[request.url!]!
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  if (start > 0) response.setHeader('content-range', `bytes ${start}-${content.length - 1}/${content.length}`)
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': content.length - start }).end(content.subarray(start))
}

/** Sends whole files only, whatever range is asked for. */
const serveWithoutRanges: RequestListener = (request, response) => {
  response.writeHead(200, { 'content-length': packed[request.url!]!.length }).end(packed[request.url!])
}

/** Announces a whole file, sends its beginning and hangs up. */
const drop =
  (bytes: number): RequestListener =>
  (request, response) => {
    response.writeHead(200, { 'content-length': packed[request.url!]!.length })
    response.write(packed[request.url!]!.subarray(0, bytes), () => response.destroy())
  }

async function listen(listener: RequestListener): Promise<string> {
  server = createServer((request, response) => {
    asked.push({ url: request.url!, range: request.headers.range })
    listener(request, response)
  })
  await new Promise<void>((ready) => server!.listen(0, '127.0.0.1', ready))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const obtain = (options: Partial<ObtainOptions> = {}) =>
  obtainDataset({
    log: (line) => lines.push(line),
    download: true,
    env: {},
    cache,
    files,
    waits: [1, 1],
    timeout: 2000,
    ...options,
  })

function expectWhole(found: Awaited<ReturnType<typeof obtain>>): void {
  expect(found?.dataset.train.images).toEqual(noise(30))
  expect([...found!.dataset.train.labels].slice(8, 12)).toEqual([8, 9, 0, 1])
  expect(found?.dataset.test.images).toEqual(noise(10))
  expect([...found!.dataset.test.labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(found?.id).toEqual({ source: 'kmnist', ...Object.fromEntries(files.map((file) => [file.part, file.sha256])) })
}

const writePlain = (to: string) => names.forEach((name) => writeFileSync(join(to, name), contents[name]!))

describe('findDataset', () => {
  it('reads plain and gzipped files from KMNIST_DIR', () => {
    writePlain(folder)
    rmSync(join(folder, names[0]!))
    writeFileSync(join(folder, `${names[0]}.gz`), packed[trainImages]!)
    expectWhole(findDataset({ env: { KMNIST_DIR: folder }, cache, files }))
  })

  it('names the file that KMNIST_DIR lacks, even where the cache has it', () => {
    writePlain(folder)
    writePlain(cache)
    rmSync(join(folder, 't10k-labels-idx1-ubyte'))
    const find = () => findDataset({ env: { KMNIST_DIR: folder }, cache, files })
    expect(find).toThrow(`expected t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz in ${folder}, found neither`)
  })

  it('finds nothing where there is no KMNIST_DIR and the cache lacks a file', () => {
    writePlain(cache)
    expectWhole(findDataset({ env: {}, cache, files }))
    rmSync(join(cache, 't10k-labels-idx1-ubyte'))
    expect(findDataset({ env: {}, cache, files })).toBeUndefined()
  })

  it("refuses another data set's file of the right shape, by name and SHA-256", () => {
    writePlain(folder)
    const other = idxImages(noise(30).map((grey) => 255 - grey))
    writeFileSync(join(folder, names[0]!), other)
    const find = () => findDataset({ env: { KMNIST_DIR: folder }, files })
    expect(find).toThrow(`${join(folder, names[0]!)}: expected Kuzushiji-MNIST's ${names[0]}`)
    expect(find).toThrow(`found another file (${other.length} bytes, SHA-256 ${sha256(other)})`)
    expect(find).toThrow('Put the right file there, or unset KMNIST_DIR')
  })

  it('refuses a damaged file in the cache, by name', () => {
    writePlain(cache)
    writeFileSync(join(cache, names[2]!), contents[names[2]!]!.subarray(0, 5000))
    expect(() => findDataset({ env: {}, cache, files })).toThrow(
      `${join(cache, names[2]!)}: expected 7856 bytes for 10 images, found 5000: it is cut off`,
    )
  })
})

describe('obtainDataset', () => {
  it('asks no server where KMNIST_DIR or the cache has the data set', async () => {
    const baseAddress = await listen(serve)
    writePlain(folder)
    expectWhole(await obtain({ baseAddress, env: { KMNIST_DIR: folder } }))
    writePlain(cache)
    expectWhole(await obtain({ baseAddress }))
    expect(asked).toEqual([])
  })

  it('says why and gives nothing where it may not download', async () => {
    const baseAddress = await listen(serve)
    expect(await obtain({ baseAddress, download: false })).toBeUndefined()
    expect(asked).toEqual([])
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(`KMNIST_DIR is not set, and ${cache} has no whole copy`)
  })

  it('downloads the four files once, reports progress, and finds them in the cache from then on', async () => {
    const baseAddress = await listen(serve)
    const ends = new Map<string, [number, number]>()
    expectWhole(await obtain({ baseAddress, progress: (done, total, file) => ends.set(file, [done, total]) }))
    expect(Object.fromEntries(ends)).toEqual(
      Object.fromEntries(names.map((name) => [name, [packed[`/${name}.gz`]!.length, packed[`/${name}.gz`]!.length]])),
    )
    expect(readdirSync(cache).sort()).toEqual([...names].sort())
    expect(asked.map(({ url }) => url)).toEqual(files.map(({ name }) => `/${name}.gz`))
    expectWhole(await obtain({ baseAddress }))
    expect(asked).toHaveLength(4)
  })

  it('goes on from where the connection was lost', async () => {
    let drops = 0
    const baseAddress = await listen((request, response) =>
      request.url === trainImages && drops++ === 0 ? drop(9000)(request, response) : serve(request, response),
    )
    expectWhole(await obtain({ baseAddress }))
    expect(asked.slice(0, 2)).toEqual([
      { url: trainImages, range: undefined },
      { url: trainImages, range: 'bytes=9000-' },
    ])
  })

  it('goes on from what an earlier start left behind', async () => {
    const baseAddress = await listen(serve)
    writeFileSync(join(cache, `${names[0]}.part`), packed[trainImages]!.subarray(0, 7000))
    expectWhole(await obtain({ baseAddress }))
    expect(asked[0]).toEqual({ url: trainImages, range: 'bytes=7000-' })
  })

  it('leaves what has arrived for the next start where its process is stopped', async () => {
    const address = await listen((request, response) => {
      response.writeHead(200, { 'content-length': packed[request.url!]!.length }).write(packed[request.url!]!.subarray(0, 9000))
    })
    const path = join(cache, names[0]!)
    const script = `
      import { downloadFile } from './experiments/dataset/download.ts'
      process.on('SIGTERM', () => process.exit(1))
      await downloadFile({ url: '${address}${names[0]}.gz', path: '${path}', accept: (bytes) => bytes })`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' })
    const arrived = () => readdirSync(cache).some((name) => readFileSync(join(cache, name)).length === 9000)
    await vi.waitUntil(arrived, { timeout: 20_000, interval: 20 })
    child.kill('SIGTERM')
    await new Promise((resolve) => child.on('close', resolve))
    expect(readdirSync(cache)).toEqual([`${names[0]}.part`])
  })

  it('goes on from what a process left that was killed, but not from what another one is downloading', async () => {
    const baseAddress = await listen(serve)
    const [old, young] = [names[0], names[1]].map((name) => join(cache, `${name}.0123456789ab.part`)) as [string, string]
    writeFileSync(old, packed[trainImages]!.subarray(0, 7000))
    utimesSync(old, 0, 0)
    writeFileSync(young, 'half')
    expectWhole(await obtain({ baseAddress }))
    expect(asked.slice(0, 2).map(({ range }) => range)).toEqual(['bytes=7000-', undefined])
    expect([existsSync(old), readFileSync(young, 'utf8')]).toEqual([false, 'half'])
  })

  it('is not disturbed by another that downloads at the same time', async () => {
    let sendRest: (() => void) | undefined
    const baseAddress = await listen((request, response) => {
      if (sendRest) return serve(request, response)
      const content = packed[request.url!]!
      response.writeHead(200, { 'content-length': content.length }).write(content.subarray(0, 9000))
      sendRest = () => response.end(content.subarray(9000))
    })
    const first = obtain({ baseAddress })
    await vi.waitUntil(() => readdirSync(cache).some((name) => readFileSync(join(cache, name)).length === 9000))
    expectWhole(await obtain({ baseAddress }))
    sendRest!()
    expectWhole(await first)
    expect(readdirSync(cache).sort()).toEqual(names.toSorted())
  })

  it('takes what another process has downloaded where its own download fails', async () => {
    const baseAddress = await listen((_, response) => {
      writePlain(cache)
      response.writeHead(404).end()
    })
    expectWhole(await obtain({ baseAddress }))
    expect(lines).toEqual([])
  })

  it('takes a file that had wholly arrived before', async () => {
    const baseAddress = await listen((request, response) => {
      if (!request.headers.range) return serve(request, response)
      response.writeHead(416, { 'content-range': `bytes */${packed[request.url!]!.length}` }).end()
    })
    writeFileSync(join(cache, `${names[0]}.part`), packed[trainImages]!)
    expectWhole(await obtain({ baseAddress }))
    expect(asked.filter(({ url }) => url === trainImages)).toHaveLength(1)
  })

  it('begins anew where the server ignores the range', async () => {
    const baseAddress = await listen(serveWithoutRanges)
    writeFileSync(join(cache, `${names[0]}.part`), packed[trainImages]!.subarray(0, 7000))
    expectWhole(await obtain({ baseAddress }))
    expect(asked[0]!.range).toBe('bytes=7000-')
  })

  it('begins anew where what an earlier start left behind is the beginning of something else', async () => {
    const baseAddress = await listen(serve)
    writeFileSync(join(cache, `${names[0]}.part`), Buffer.alloc(7000, 1))
    expectWhole(await obtain({ baseAddress }))
    expect(asked.slice(0, 2).map(({ range }) => range)).toEqual(['bytes=7000-', undefined])
  })

  it('tries again after an error of the server, and follows redirects', async () => {
    let failures = 0
    const baseAddress = await listen((request, response) => {
      if (failures++ === 0) response.writeHead(503).end()
      else if (!request.url!.startsWith('/moved/')) response.writeHead(302, { location: `/moved${request.url}` }).end()
      else serve(Object.assign(request, { url: request.url!.slice('/moved'.length) }), response)
    })
    expectWhole(await obtain({ baseAddress }))
  })

  it('keeps the bytes of a file that the server marks as gzip', async () => {
    const baseAddress = await listen((request, response) => {
      response.setHeader('content-encoding', 'gzip')
      serve(request, response)
    })
    expectWhole(await obtain({ baseAddress }))
  })

  it.each<[string, RequestListener, string]>([
    [
      'a web page',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html>\n<p>Please log in'),
      'expected an IDX file, found a web page (“<!DOCTYPE html>”)',
    ],
    [
      'a file cut off on the server',
      (request, response) => response.end(packed[request.url!]!.subarray(0, 9000)),
      'expected a whole gzip file, found 9000 bytes',
    ],
    [
      "another data set's file",
      (_, response) => response.end(gzipSync(idxImages(noise(30).map((grey) => 255 - grey)))),
      `expected Kuzushiji-MNIST's ${names[0]}`,
    ],
  ])('refuses %s, says so and leaves nothing of it behind', async (_, listener, reason) => {
    const baseAddress = await listen(listener)
    expect(await obtain({ baseAddress })).toBeUndefined()
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(`could not be downloaded from ${baseAddress}${names[0]}.gz: the answer: ${reason}`)
    expect(lines[0]).toContain('KMNIST_DIR')
    expect(readdirSync(cache)).toEqual([])
    expect(asked).toHaveLength(1)
  })

  it('leaves only what arrived where the file can’t be put in its place', async () => {
    const baseAddress = await listen(serve)
    mkdirSync(join(cache, names[0]!))
    expect(await obtain({ baseAddress })).toBeUndefined()
    expect(lines.at(-1)).toContain(`could not be downloaded from ${baseAddress}${names[0]}.gz`)
    expect(readdirSync(cache).sort()).toEqual([names[0], `${names[0]}.part`])
  })

  it('gives up at once on a file that the server does not have', async () => {
    const baseAddress = await listen((_, response) => response.writeHead(404).end())
    expect(await obtain({ baseAddress })).toBeUndefined()
    expect(lines[0]).toContain('the server answers 404 Not Found')
    expect(asked).toHaveLength(1)
  })

  it('gives up after three tries on a connection that always breaks at the same byte, and keeps what arrived', async () => {
    const baseAddress = await listen((request, response) => {
      if (request.headers.range) response.destroy()
      else drop(9000)(request, response)
    })
    expect(await obtain({ baseAddress })).toBeUndefined()
    expect(asked).toHaveLength(4)
    expect(readFileSync(join(cache, `${names[0]}.part`))).toEqual(packed[trainImages]!.subarray(0, 9000))
  })

  it('gives up on a server that never answers, and on one that stops in the middle', async () => {
    const silent = await listen(() => {})
    expect(await obtain({ baseAddress: silent, timeout: 50 })).toBeUndefined()
    expect(lines[0]).toContain('no answer for 0.05 s')
    server!.closeAllConnections()
    server!.close()
    const stalling = await listen((request, response) => {
      response.writeHead(200, { 'content-length': packed[request.url!]!.length }).write(packed[request.url!]!.subarray(0, 50))
    })
    expect(await obtain({ baseAddress: stalling, timeout: 50 })).toBeUndefined()
    expect(lines[1]).toContain('no answer for 0.05 s')
  })

  it('gives up on a host that refuses connections or has no address', async () => {
    const baseAddress = await listen(serve)
    await new Promise((closed) => server!.close(closed))
    expect(await obtain({ baseAddress })).toBeUndefined()
    expect(lines[0]).toContain('ECONNREFUSED')
    expect(await obtain({ baseAddress: 'http://no-such-host.invalid/' })).toBeUndefined()
    expect(lines[1]).toContain('no-such-host.invalid')
  })

  it('downloads a damaged file of the cache again, and that one only', async () => {
    const baseAddress = await listen(serve)
    writePlain(cache)
    writeFileSync(join(cache, names[2]!), 'damaged')
    expectWhole(await obtain({ baseAddress }))
    expect(asked.map(({ url }) => url)).toEqual([`/${names[2]}.gz`])
    expect(lines[0]).toContain(join(cache, names[2]!))
  })

  it('never downloads over a wrong file in KMNIST_DIR', async () => {
    const baseAddress = await listen(serve)
    writePlain(folder)
    copyFileSync(join(folder, names[1]!), join(folder, names[3]!))
    await expect(obtain({ baseAddress, env: { KMNIST_DIR: folder } })).rejects.toThrow(join(folder, names[3]!))
    expect(asked).toEqual([])
    expect(existsSync(join(cache, names[3]!))).toBe(false)
  })
})
