import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { downloadFile } from '../../dataset/download.ts'
import { runCommand, runOrFail } from './run-command.ts'
import { NativeEngineUnavailableError } from './unavailable.ts'
import { sha256 } from '../../sha256.ts'

/** A wheel of PyPI, as named and checked. */
export interface Wheel {
  project: string
  version: string
  python: string
  platform: string
  sha256: string
}

export const tensorflowWheel: Wheel = {
  project: 'tensorflow-cpu',
  version: '2.21.0',
  python: '3.11',
  platform: 'manylinux_2_27_x86_64',
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
}

function fileName({ project, version, python, platform }: Wheel): string {
  const tag = `cp${python.replace('.', '')}`
  return `${project.replaceAll('-', '_')}-${version}-${tag}-${tag}-${platform}.whl`
}

/** The index that pip would ask. */
async function findIndex(python: string): Promise<string> {
  if (process.env.PIP_INDEX_URL) return process.env.PIP_INDEX_URL
  const { code, output } = await runCommand(python, ['-m', 'pip', 'config', 'get', 'global.index-url'])
  const configured = output.split(/\s+/).findLast((word) => /^https?:/.test(word))
  return (code === 0 ? configured : undefined) ?? 'https://pypi.org/simple'
}

/** Where the index has the file (PyPI's simple repository API, as HTML). */
async function findAddress(wheel: Wheel, python: string): Promise<string> {
  const page = `${(await findIndex(python)).replace(/\/$/, '')}/${wheel.project}/`
  const response = await fetch(page, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(20_000) })
  if (!response.ok) throw new Error(`${page} answers ${response.status}`)
  const links = [...(await response.text()).matchAll(/href="([^"#]+)/g)].map((match) => match[1]!)
  const link = links.find((candidate) => candidate.endsWith(`/${fileName(wheel)}`) || candidate === fileName(wheel))
  if (!link) throw new Error(`${page} has no ${fileName(wheel)}`)
  return new URL(link, response.url).href
}

/**
 * A wheel in a folder, its checksum verified: what is there whole is taken, a download that was cut off goes on where it was, a damaged
 * file is fetched anew. Where the index can't be reached directly (a proxy, a mirror with a password), pip is asked, which knows how.
 * @returns the wheel's path
 * @throws NativeEngineUnavailableError
 */
export async function fetchWheel(wheel: Wheel, folder: string, python: string, log: (line: string) => void): Promise<string> {
  const path = join(folder, fileName(wheel))
  const isWhole = () => existsSync(path) && sha256(readFileSync(path)) === wheel.sha256
  if (isWhole()) return path
  if (existsSync(path)) {
    log(`${path} is damaged (its SHA-256 is another): it is fetched anew`)
    rmSync(path)
  }
  try {
    await downloadFile({
      url: await findAddress(wheel, python),
      path,
      accept(bytes) {
        const found = sha256(bytes)
        if (found === wheel.sha256) return bytes
        throw new DamagedDownloadError(
          `the download of ${fileName(wheel)} is damaged: expected SHA-256 ${wheel.sha256}, found ${found} (${bytes.length} bytes). It was deleted; try again`,
        )
      },
    })
    return path
  } catch (error) {
    // Another process may have put it there meanwhile.
    if (isWhole()) return path
    if (error instanceof DamagedDownloadError || isDiskError(error)) throw error
    log(`TensorFlow could not be fetched directly (${reasonOf(error)}): pip tries`)
  }
  await pipDownload(wheel, folder, python)
  return path
}

class DamagedDownloadError extends NativeEngineUnavailableError {}

const isDiskError = (error: unknown) =>
  ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')

/** `fetch` says only that it failed; what failed is the cause. A password in an address is nobody's business. */
const reasonOf = (error: unknown) =>
  (((error as Error).cause as Error | undefined)?.message || (error as Error).message).replace(/\/\/[^/@\s]*@/g, '//…@')

async function pipDownload(
  { project, version, python, platform, sha256 }: Wheel,
  folder: string,
  command: string,
): Promise<void> {
  const requirements = join(folder, 'requirements.txt')
  writeFileSync(requirements, `${project}==${version} --hash=sha256:${sha256}\n`)
  const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--require-hashes']
  const target = ['--only-binary=:all:', '--python-version', python, '--platform', platform, '--dest', folder]
  await runOrFail(command, [...pip, ...target, '--requirement', requirements], folder, 'pip could not download TensorFlow')
}
