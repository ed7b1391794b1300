import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder } from '../cache-folder.ts'
import { installOnce } from './install-once.ts'
import type { SitePeer, SitePeerName } from './site-peers.ts'

/**
 * Puts a site generator, in a fixed version from npm, into the project's cache, unless it is there. Scripts of packages don't run.
 * @returns its node_modules
 * @throws ContenderError with npm's last words
 */
export async function installSitePeer(name: SitePeerName, peer: SitePeer, log: (line: string) => void): Promise<string> {
  const packages = Object.entries(peer.packages).map((pair) => pair.join('@'))
  const folder = cacheFolder('bench', `${name}-${packages.join('-').replace(/[^\w.-]+/g, '_')}`)
  await installOnce(folder, peer.title, async () => {
    log(`installing ${packages.join(' and ')} from npm into ${folder} …`)
    mkdirSync(folder)
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages]
    await promisify(execFile)(npm, args, { cwd: folder, shell: process.platform === 'win32' })
  })
  return join(folder, 'node_modules')
}
