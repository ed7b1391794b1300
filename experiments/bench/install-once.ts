import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lastLines } from '../engine/native/run-command.ts'
import { writeAtomically } from '../results/write-atomically.ts'
import { ContenderError } from './contender.ts'

/**
 * Fills a folder of the cache with what is compared with, unless it is there whole: a file written last says so, so that an install
 * that was interrupted is not taken for one.
 * @param name as the message says it: "… could not be installed"
 * @param install fills the folder, which is not there; its parent is
 * @throws ContenderError with the installer's last words, or `install`'s own
 */
export async function installOnce(folder: string, name: string, install: () => Promise<unknown>): Promise<void> {
  const written = join(folder, 'complete')
  if (existsSync(written)) return
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(dirname(folder), { recursive: true })
  try {
    await install()
  } catch (error) {
    if (error instanceof ContenderError) throw error
    const { stderr, message } = error as { stderr?: string; message: string }
    throw new ContenderError(
      `${name} could not be installed; without it, leave it out of --against:\n${lastLines(stderr || message)}`,
    )
  }
  writeAtomically(written, '')
}
