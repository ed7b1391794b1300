import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { BenchMeasurement, BenchRecord } from '../results/bench-record.ts'
import { projectFolder } from '../runs/project-folder.ts'
import { installSitePeer } from './install-site-peer.ts'
import { takeTurns } from './sides.ts'
import { describeContent, readSite } from './site-content.ts'
import { sitePeers, type SitePeerName } from './site-peers.ts'

const node = (args: string[], cwd: string, env: NodeJS.ProcessEnv = {}) =>
  promisify(execFile)(process.execPath, args, { cwd, maxBuffer: 1e8, env: { ...process.env, ...env } })

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** Builds the site from fresh results into `target`, as `npm run build:site` does, for the root of a host. */
async function buildOurs(target: string): Promise<void> {
  await node(['experiments/cli.ts', 'status', '--for-site'], projectFolder)
  const astro = join('node_modules', 'astro', 'bin', 'astro.mjs')
  await node([astro, 'build', '--outDir', target], projectFolder, { SITE_BASE: '/', SITE_URL: 'https://example.org' })
}

/** One of those that build: ours, or a peer with its project. */
interface Builder {
  name: string
  build: () => Promise<unknown>
}

/** Writes a peer's project and builds it once, so that what it keeps from build to build is there, as it is for ours. */
async function prepare(name: SitePeerName, folder: string, site: string, log: (line: string) => void): Promise<Builder> {
  const peer = sitePeers[name]
  const modules = await installSitePeer(name, peer, log)
  mkdirSync(folder)
  peer.write(folder, readSite(site), site)
  symlinkSync(modules, join(folder, 'node_modules'), 'junction')
  const [script, ...args] = peer.command
  const build = () => node([join(modules, script), ...args], folder)
  await build()
  return { name, build }
}

/** What a command that failed said last. */
function lastWords(error: unknown): string {
  const { stdout = '', stderr = '', message } = error as { stdout?: string; stderr?: string; message: string }
  const lines = `${stdout}\n${stderr || message}`.split('\n').filter((line) => line.trim() !== '')
  return lines.find((line) => /failed|error/i.test(line)) ?? lines.at(-1) ?? message
}

export interface SiteBench {
  rounds: number
  peers: readonly SitePeerName[]
  log: (line: string) => void
}

/**
 * Times the build of the site and, in turns with it, of a site of as much by each peer: as many pages, of the same text and tables,
 * with as many charts and the same pictures. A peer that cannot build here is left out, and the log says why.
 */
export async function measureSite({ rounds, peers, log }: SiteBench) {
  const cache = join(projectFolder, '.cache')
  mkdirSync(cache, { recursive: true })
  // Inside the project: elsewhere two builds at once would get in each other's way.
  const folder = mkdtempSync(join(cache, 'bench-site-'))
  try {
    const target = join(folder, 'ours')
    const builders: Builder[] = [{ name: 'ours', build: () => buildOurs(target) }]
    await buildOurs(target)
    const content = describeContent(readSite(target))
    log(`the site: ${content}`)
    const [settings, versions]: [BenchMeasurement['settings'], BenchRecord['versions']] = [{}, {}]
    for (const name of peers) {
      const { title, setting, packages } = sitePeers[name]
      try {
        builders.push(await prepare(name, join(folder, name), target, log))
        settings[name] = `${content}; ${setting}`
        versions[name] = `${title} ${Object.values(packages)[0]!}`
      } catch (error) {
        log(`${title} is left out: ${lastWords(error)}`)
      }
    }
    const measure = async ({ name, build }: Builder) => {
      const seconds = await secondsOf(build)
      log(`${name}: ${seconds.toFixed(1)} s`)
      return { [name]: seconds }
    }
    const times = await takeTurns(builders, rounds, measure)
    const what = { of: 'site', experiment: null, processes: 1, threads: 1, unit: 's' } as const
    return { versions, measurement: { ...what, settings, rounds: times } satisfies BenchMeasurement }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
