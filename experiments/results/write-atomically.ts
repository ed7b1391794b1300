import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file whole or not at all: a temporary file beside it, fsync, rename. A full disk or a kill leaves what was there before.
 * Throws naming the file.
 */
export function writeAtomically(file: string, ...parts: (Uint8Array | string)[]): void {
  // In two containers that share a folder processes may have the same id.
  const temporary = `${file}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`
  try {
    mkdirSync(dirname(file), { recursive: true })
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
    renameSync(temporary, file)
  } catch (error) {
    try {
      rmSync(temporary, { force: true })
    } catch {
      // What went wrong before is what has to be said.
    }
    throw new Error(`${file} could not be written: ${(error as Error).message}`, { cause: error })
  }
}
