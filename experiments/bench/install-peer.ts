import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder } from '../cache-folder.ts'
import { ContenderError, type PeerName } from './contender.ts'
import { installOnce } from './install-once.ts'
import { sha256 } from '../sha256.ts'

const peersFolder = join(import.meta.dirname, 'peers')
const scripts: Record<PeerName, string> = { keras: 'keras_peer.py', jax: 'jax_peer.py', pytorch: 'pytorch_peer.py' }
const sizes: Record<PeerName, string> = { keras: '1.7 GB', jax: '0.6 GB', pytorch: '5.4 GB, with its CUDA libraries' }
const run = promisify(execFile)

const python = (folder: string) => join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')

async function systemPython(): Promise<string> {
  for (const command of ['python3', 'python']) {
    const version = await run(command, ['-c', 'import sys, venv; print(sys.version_info >= (3, 11))']).catch(() => undefined)
    if (version?.stdout.trim() === 'True') return command
  }
  throw new ContenderError('peers need Python 3.11 or newer with its venv module, found none as python3 or python')
}

/**
 * Puts a peer's libraries, in fixed versions from PyPI, into a virtual environment in the project's cache, unless they are there.
 * @returns how to start the peer's process
 * @throws ContenderError with pip's last words
 */
export async function installPeer(
  name: PeerName,
  log: (line: string) => void,
): Promise<{ file: string; args: string[]; env: NodeJS.ProcessEnv }> {
  const requirements = join(peersFolder, 'requirements', `${name}.txt`)
  const key = sha256(readFileSync(requirements)).slice(0, 12)
  const folder = cacheFolder('bench', `${name}-${key}`)
  await installOnce(folder, name, async () => {
    log(`installing ${name} from PyPI into ${folder} (${sizes[name]}) …`)
    const install = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary=:all:', '--requirement', requirements]
    await run(await systemPython(), ['-m', 'venv', folder])
    await run(python(folder), install, { maxBuffer: 1e8 })
  })
  const env = { TORCHINDUCTOR_CACHE_DIR: cacheFolder('bench', 'inductor'), PYTHONDONTWRITEBYTECODE: '1' }
  return { file: python(folder), args: [join(peersFolder, scripts[name])], env }
}
