import { randomBytes } from 'node:crypto'
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { get as getPlain, type IncomingMessage } from 'node:http'
import { get as getSecure } from 'node:https'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export interface Download {
  url: string
  /** Where the accepted content goes; what has arrived when a download ends early waits beside it in `<path>.part`. */
  path: string
  /** Turns what arrived into what is kept, or throws where it is not what was expected. */
  accept: (bytes: Uint8Array) => Uint8Array
  /** Bytes arrived, and the file's bytes in all. */
  progress?: ((done: number, total: number) => void) | undefined
  /** Milliseconds between tries that bring nothing new; their number + 1 is that of such tries. */
  waits?: readonly number[] | undefined
  /** Milliseconds without a connection or a byte after which a try is over. */
  timeout?: number | undefined
}

/** An answer that another try would not change. */
class FinalError extends Error {}

const bytesIn = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** Asks for a file from byte `start` on, following redirects. Node's own client: fetch would unpack what servers mark as gzip. */
async function request(url: string, start: number, timeout: number, redirects = 5): Promise<IncomingMessage> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    let answer: IncomingMessage | undefined
    const get = new URL(url).protocol === 'https:' ? getSecure : getPlain
    const headers = { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-` }) }
    const asked = get(url, { headers, timeout, agent: false }, (message) => resolve((answer = message)))
    asked.on('error', reject)
    asked.on('timeout', () => (answer ?? asked).destroy(new Error(`no answer for ${timeout / 1000} s`)))
  })
  const { statusCode = 0, headers } = response
  if (statusCode < 300 || statusCode > 399 || !headers.location) return response
  response.destroy()
  if (redirects === 0) throw new FinalError('too many redirects')
  return request(new URL(headers.location, url).href, start, timeout, redirects - 1)
}

/** One try: goes on from the end of `part`, or begins it anew where the server sends the whole file. */
async function receive(url: string, part: string, timeout: number, progress: Download['progress']): Promise<void> {
  const start = bytesIn(part)
  const response = await request(url, start, timeout)
  const { statusCode = 0, headers } = response
  try {
    if (statusCode === 416) {
      if (headers['content-range'] === `bytes */${start}`) return
      rmSync(part)
      throw new Error('the server has less of the file than had arrived before')
    }
    const resumed = statusCode === 206 && (headers['content-range'] ?? '').startsWith(`bytes ${start}-`)
    if (statusCode !== 200 && !resumed) {
      const message = `the server answers ${statusCode} ${response.statusMessage ?? ''}`.trim()
      throw statusCode >= 500 || statusCode === 408 || statusCode === 429 ? new Error(message) : new FinalError(message)
    }
    let done = resumed ? start : 0
    const length = headers['content-length']
    const total = length === undefined ? undefined : done + Number(length)
    const handle = openSync(part, resumed ? 'a' : 'w')
    try {
      for await (const chunk of response as AsyncIterable<Buffer>) {
        writeSync(handle, chunk)
        done += chunk.length
        progress?.(done, total ?? done)
      }
    } finally {
      closeSync(handle)
    }
  } finally {
    response.destroy()
  }
}

/** Tries until the file is whole; gives up after a few tries in a row that bring nothing new. */
async function receiveWhole({ url, progress, waits = [1000, 3000], timeout = 8000 }: Download, part: string): Promise<void> {
  let most = bytesIn(part)
  for (let idle = 0; ;) {
    try {
      return await receive(url, part, timeout, progress)
    } catch (error) {
      const arrived = bytesIn(part)
      idle = arrived > most ? 0 : idle + 1
      most = Math.max(most, arrived)
      if (error instanceof FinalError || idle > waits.length) throw error
      await wait(waits[Math.max(idle - 1, 0)])
    }
  }
}

/** Milliseconds without a new byte after which a download's process must have been killed: it would have given up. */
const abandonedAfter = 120_000

/** Begins `part` with what an earlier download of `path` has left behind, or empty. */
function takeOver(path: string, part: string): void {
  const folder = dirname(path)
  writeFileSync(part, '')
  // Now, by the clock of the disk.
  const { mtime: now } = statSync(part)
  const left = readdirSync(folder).filter((name) => name.startsWith(`${basename(path)}.`) && name.endsWith('.part'))
  for (const place of left.map((name) => join(folder, name)))
    try {
      if (place !== `${path}.part` && now.getTime() - statSync(place).mtimeMs < abandonedAfter) continue
      renameSync(place, part)
      // Not abandoned any more, though its first new byte is yet to come.
      return utimesSync(part, now, now)
    } catch (error) {
      // Another process has taken it.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
}

/**
 * Downloads a file: goes on where an earlier try was cut off (HTTP Range), tries again after failures, and puts the file in its place
 * (fsync, rename) only once it is accepted. What is refused is deleted. Two processes may download it at once, each for itself.
 * @throws where the server can't be reached or answers with an error (the message says which), and what `accept` throws
 */
export async function downloadFile(download: Download): Promise<void> {
  const { path } = download
  const part = `${path}.${randomBytes(6).toString('hex')}.part`
  mkdirSync(dirname(path), { recursive: true })
  takeOver(path, part)
  const leave = () => (bytesIn(part) > 0 ? renameSync(part, `${path}.part`) : rmSync(part, { force: true }))
  process.once('exit', leave)
  try {
    await downloadBy(part, download)
  } finally {
    process.off('exit', leave)
    leave()
  }
}

async function downloadBy(part: string, download: Download): Promise<void> {
  const { path, accept } = download
  const begunBefore = bytesIn(part) > 0
  await receiveWhole(download, part)
  let content: Uint8Array
  try {
    content = accept(readFileSync(part))
  } catch (error) {
    rmSync(part)
    // The rest may have come from another version of the file than its beginning: once more from the first byte.
    if (begunBefore) return downloadBy(part, download)
    throw error
  }
  const whole = `${part}.new`
  try {
    writeFileSync(whole, content, { flush: true })
    renameSync(whole, path)
  } finally {
    rmSync(whole, { force: true })
  }
  rmSync(part)
}
