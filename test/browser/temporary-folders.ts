import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** A global setup: the folder of this test run's temporary files, gone when it ends; inside the tree, where a build finds its packages. */
export default function setup() {
  const parent = resolve(import.meta.dirname, '..', '..', '.cache', 'test')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'run-'))
  process.env.TEST_RUN_FOLDER = folder // the workers inherit it
  return () => rmSync(folder, { recursive: true, force: true })
}

/** A new folder in that of this test run. */
export const temporaryFolder = (name: string): string => mkdtempSync(join(process.env.TEST_RUN_FOLDER!, `${name}-`))
