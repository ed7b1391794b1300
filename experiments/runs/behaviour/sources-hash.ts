import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sha256 } from '../../sha256.ts'

const experimentsFolder = dirname(dirname(import.meta.dirname))

/** What npm notes of the packages in place: after a change of the lockfile these are others only once `npm ci` has run. */
const installed = join('node_modules', '.package-lock.json')

/** A hash of every source file of the experiments, of the lockfile and of what is installed, as they are on disk now. */
export function sourcesHash(): string {
  const files = readdirSync(experimentsFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
  const contents = files.map((file) => [file, readFileSync(join(experimentsFolder, file), 'utf8')])
  const packages = ['package-lock.json', installed].map((name) => {
    const path = join(dirname(experimentsFolder), name)
    return existsSync(path) ? readFileSync(path, 'utf8') : null
  })
  return sha256(JSON.stringify([contents, packages]))
}
