import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isRunning } from '../is-running.ts'

type Parts = readonly (Uint8Array | string)[]

function writeTemporary(temporary: string, parts: Parts): void {
  mkdirSync(dirname(temporary), { recursive: true })
  const handle = openSync(temporary, 'wx')
  try {
    for (const part of parts) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part
      // One call may write less than asked.
      for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at)
    }
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const aboutToPass = new Set(['EPERM', 'EACCES', 'EBUSY'])

/** On Windows a scanner or an index that holds either file for a moment is waited for, five seconds at most. */
function renamePatiently(from: string, to: string): void {
  for (let tries = 0; ; tries++)
    try {
      return renameSync(from, to)
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException
      if (process.platform !== 'win32' || tries === 50 || !aboutToPass.has(code)) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
}

/**
 * Writes files that belong together, or none of them: first all of their bytes in temporary files beside them, then the renames, in
 * order, which need no room. A full disk leaves what was there before; a kill between two renames, which follow at once, the first ones.
 * @throws naming the file
 */
export function writeTogether(files: readonly (readonly [file: string, ...parts: Parts])[]): void {
  // In two containers that share a folder processes may have the same id.
  const temporaries = files.map(([file]) => `${file}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`)
  const each = (act: (temporary: string, file: string, parts: Parts) => void) =>
    files.forEach(([file, ...parts], i) => {
      try {
        act(temporaries[i]!, file, parts)
      } catch (error) {
        throw new Error(`${file} could not be written: ${(error as Error).message}`, { cause: error })
      }
    })
  try {
    each((temporary, _, parts) => writeTemporary(temporary, parts))
    each((temporary, file) => renamePatiently(temporary, file))
  } catch (error) {
    for (const temporary of temporaries) {
      try {
        rmSync(temporary, { force: true })
      } catch {
        // What went wrong before is what has to be said.
      }
    }
    throw error
  }
}

/** Writes a file whole or not at all, see `writeTogether`. */
export const writeAtomically = (file: string, ...parts: Parts): void => writeTogether([[file, ...parts]])

/** Milliseconds after which nobody is writing a file any more, on another machine that shares the folder either. */
const abandonedAfter = 120_000

/**
 * Removes what processes that were killed while they wrote a file have left beside it; what can't be removed does no harm.
 * @param file written a moment ago: its time is now, by the clock of the disk
 */
export function removeAbandoned(file: string): void {
  try {
    removeOthers(file)
  } catch {
    // Someone else's, or the file itself is gone again.
  }
}

function removeOthers(file: string): void {
  const folder = dirname(file)
  const { mtimeMs: now } = statSync(file)
  for (const name of readdirSync(folder)) {
    const [, of, pid] = /^(.+)\.(\d+)-[0-9a-f]{12}\.tmp$/.exec(name) ?? []
    if (of !== basename(file) || isRunning(Number(pid))) continue
    const temporary = join(folder, name)
    const written = statSync(temporary, { throwIfNoEntry: false })?.mtimeMs ?? now
    if (now - written > abandonedAfter) rmSync(temporary, { force: true })
  }
}
