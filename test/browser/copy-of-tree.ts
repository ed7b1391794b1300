import { cpSync, readdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { temporaryFolder } from './temporary-folders.ts'

const root = resolve(import.meta.dirname, '..', '..')

/** A copy of the sources elsewhere, without what is built or installed; it uses this tree's packages. */
export function copyOfTree(name: string): string {
  const copy = temporaryFolder(name)
  const leftOut = ['node_modules', 'dist', '.cache', '.astro', '.git', 'test']
  for (const entry of readdirSync(root).filter((one) => !leftOut.includes(one)))
    cpSync(join(root, entry), join(copy, entry), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir')
  return copy
}
