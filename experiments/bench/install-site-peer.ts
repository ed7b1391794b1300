import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder } from '../cache-folder.ts'
import { writeAtomically } from '../results/write-atomically.ts'
import { ContenderError } from './contender.ts'
import type { SitePeer, SitePeerName } from './site-peers.ts'

/**
 * Puts a site generator, in a fixed version from npm, into the project's cache, unless it is there. Scripts of packages don't run.
 * @returns its node_modules
 * @throws ContenderError with npm's last words
 */
export async function installSitePeer(name: SitePeerName, peer: SitePeer, log: (line: string) => void): Promise<string> {
  const packages = Object.entries(peer.packages).map((pair) => pair.join('@'))
  const folder = cacheFolder('bench', `${name}-${packages.join('-').replace(/[^\w.-]+/g, '_')}`)
  const written = join(folder, 'complete')
  if (!existsSync(written)) {
    log(`installing ${packages.join(' and ')} from npm into ${folder} …`)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    try {
      const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages]
      await promisify(execFile)(npm, args, { cwd: folder, shell: process.platform === 'win32' })
    } catch (error) {
      const { stderr, message } = error as { stderr?: string; message: string }
      const words = (stderr || message).trim().split('\n').slice(-8).join('\n')
      throw new ContenderError(`${peer.title} could not be installed; without it, leave it out of --against:\n${words}`)
    }
    writeAtomically(written, '')
  }
  return join(folder, 'node_modules')
}
