import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../cache-folder.ts'
import type { DatasetId } from '../results/schema.ts'
import type { Dataset } from './dataset.ts'
import { downloadFile } from './download.ts'
import { parseIdx, unpack } from './idx.ts'
import { dataFiles, officialAddress, type DataFile } from './kmnist.ts'
import { sha256 } from '../sha256.ts'

export interface ObtainedDataset {
  dataset: Dataset
  id: DatasetId
}

interface Places {
  /** `KMNIST_DIR` in it names a folder with the four files, plain or gzipped. */
  env?: Record<string, string | undefined>
  /** Where downloads are kept, uncompressed. */
  cache?: string
  /** Other files than the data set's, for tests. */
  files?: readonly DataFile[]
}

export interface ObtainOptions extends Places {
  log: (line: string) => void
  /** Bytes arrived of the file under way, its bytes in all, and its name. */
  progress?: (done: number, total: number, file: string) => void
  /** Whether the network may be used. */
  download: boolean
  /** The folder on the server, with a slash at its end. */
  baseAddress?: string
  /** Milliseconds between tries and until a try is over, see `downloadFile`. */
  waits?: readonly number[]
  timeout?: number
}

/** Connections tried on several addresses fail with an error that has a code only. */
const reasonOf = (error: unknown) => (error as Error).message || String((error as NodeJS.ErrnoException).code)

/** The bytes inside, where they are the data set's; an error that names `place` where they are not. */
function verified(bytes: Uint8Array, file: DataFile, place: string): Uint8Array {
  const content = unpack(bytes, place)
  parseIdx(content, file.part.endsWith('Images') ? 'images' : 'labels', place)
  const found = sha256(content)
  if (found !== file.sha256)
    throw new Error(
      `${place}: expected Kuzushiji-MNIST's ${file.name} (${file.bytes} bytes, SHA-256 ${file.sha256}), ` +
        `found another file (${content.length} bytes, SHA-256 ${found}). MNIST and its other descendants use the same names`,
    )
  return content
}

/** Where a folder has the file, plain or gzipped. */
const placeIn = (folder: string, file: DataFile) =>
  [join(folder, file.name), join(folder, `${file.name}.gz`)].find((path) => existsSync(path))

function readFolder(folder: string, files: readonly DataFile[]): ObtainedDataset {
  const read = (part: DataFile['part'], kind: 'images' | 'labels') => {
    const file = files.find((candidate) => candidate.part === part)!
    const place = placeIn(folder, file)
    if (!place) throw new Error(`expected ${file.name} or ${file.name}.gz in ${folder}, found neither`)
    return { data: parseIdx(verified(readFileSync(place), file, place), kind, place), sha256: file.sha256 }
  }
  const [trainImages, trainLabels] = [read('trainImages', 'images'), read('trainLabels', 'labels')]
  const [testImages, testLabels] = [read('testImages', 'images'), read('testLabels', 'labels')]
  return {
    dataset: {
      train: { images: trainImages.data, labels: trainLabels.data },
      test: { images: testImages.data, labels: testLabels.data },
    },
    id: {
      source: 'kmnist',
      trainImages: trainImages.sha256,
      trainLabels: trainLabels.sha256,
      testImages: testImages.sha256,
      testLabels: testLabels.sha256,
    },
  }
}

/**
 * Kuzushiji-MNIST from `KMNIST_DIR` or the project's cache, every file checked by its SHA-256. Never downloads.
 * @returns undefined where neither place has it
 * @throws where `KMNIST_DIR` lacks a file, and where a file is damaged or another one
 */
export function findDataset({ env = process.env, cache = cacheFolder('kmnist'), files = dataFiles }: Places = {}):
  ObtainedDataset | undefined {
  const folder = env.KMNIST_DIR || cache
  if (!env.KMNIST_DIR && !files.every((file) => placeIn(cache, file))) return undefined
  try {
    return readFolder(folder, files)
  } catch (error) {
    const advice = env.KMNIST_DIR
      ? 'Put the right file there, or unset KMNIST_DIR'
      : 'Delete it: it is downloaded again when something is trained'
    throw new Error(`${reasonOf(error)}. ${advice}`, { cause: error })
  }
}

/** Whether the cache has the file as it should be. */
function isIntact(cache: string, file: DataFile): boolean {
  const place = placeIn(cache, file)
  try {
    if (place) verified(readFileSync(place), file, place)
    return place !== undefined
  } catch {
    return false
  }
}

const elsewhere = 'Set KMNIST_DIR to a folder with its four files'

/**
 * Kuzushiji-MNIST from `KMNIST_DIR`, else the cache, else, with `download`, its official address: what the cache lacks, or has damaged,
 * is downloaded into it.
 * @returns undefined, after one line to `log` that says why, where it can't be had
 * @throws as `findDataset` does, except for a damaged cache with `download`
 */
export async function obtainDataset(options: ObtainOptions): Promise<ObtainedDataset | undefined> {
  const { log, progress, download, env = process.env, cache = cacheFolder('kmnist'), files = dataFiles } = options
  const { baseAddress = officialAddress, waits, timeout } = options
  try {
    const found = findDataset({ env, cache, files })
    if (found) return found
  } catch (error) {
    if (env.KMNIST_DIR || !download) throw error
    log(reasonOf(error))
  }
  if (!download) {
    log(`Kuzushiji-MNIST is not here: KMNIST_DIR is not set, and ${cache} has no whole copy. ${elsewhere}, or allow the download`)
    return undefined
  }
  for (const file of files) {
    if (isIntact(cache, file)) continue
    const url = `${baseAddress}${file.name}.gz`
    try {
      await downloadFile({
        url,
        path: join(cache, file.name),
        accept: (bytes) => verified(bytes, file, 'the answer'),
        progress: progress && ((done, total) => progress(done, total, file.name)),
        waits,
        timeout,
      })
    } catch (error) {
      // Another process may have put it there meanwhile.
      if (isIntact(cache, file)) continue
      log(`Kuzushiji-MNIST could not be downloaded from ${url}: ${reasonOf(error)}. ${elsewhere}`)
      return undefined
    }
  }
  return findDataset({ env, cache, files })
}
