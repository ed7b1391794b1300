import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { BenchMeasurement } from '../results/bench-record.ts'
import { projectFolder } from '../runs/project-folder.ts'

/** Builds the site as `npm run build:site` does, into a folder that is removed again; the seconds it took. */
async function buildSite(): Promise<number> {
  const target = mkdtempSync(join(tmpdir(), 'bench-site-'))
  try {
    const start = performance.now()
    const astro = join(projectFolder, 'node_modules', 'astro', 'bin', 'astro.mjs')
    await promisify(execFile)(process.execPath, [astro, 'build', '--outDir', target], { cwd: projectFolder, maxBuffer: 1e8 })
    return (performance.now() - start) / 1000
  } finally {
    rmSync(target, { recursive: true, force: true })
  }
}

/** Times the build of the site, so many times. */
export async function measureSite(rounds: number, onRound: () => void): Promise<BenchMeasurement> {
  const times: { ours: number }[] = []
  for (let round = 0; round < rounds; round++) {
    times.push({ ours: await buildSite() })
    onRound()
  }
  return { of: 'site', experiment: null, processes: 1, threads: 1, unit: 's', settings: {}, rounds: times }
}
