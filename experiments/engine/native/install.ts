import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../cache-folder.ts'

/** Versions and checksum of what is compiled on Linux x86-64; tfjs-node's own come from package/package-lock.json. */
const tfjsNode = '4.22.0'
const wheel = {
  requirement: 'tensorflow-cpu==2.21.0',
  platform: 'manylinux_2_27_x86_64',
  python: '3.11',
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
}
const neededBytes = 4e9

/** What stands in the way of the native engine here; the message says what and what to do. */
export class NativeEngineUnavailableError extends Error {
  override name = 'NativeEngineUnavailableError'
}

const compiles = process.platform === 'linux' && process.arch === 'x64'
const folderName = compiles
  ? `tfjs-node-${tfjsNode}-${wheel.requirement.replace('==', '-')}`
  : `tfjs-node-${tfjsNode}-${process.platform}-${process.arch}`

/** Where the engine is, or would be. */
const nativeFolder = () => cacheFolder('engine', folderName)
const packageIn = (folder: string) => join(folder, 'node_modules', '@tensorflow', 'tfjs-node')

/** The folder of tfjs-node with its binding compiled, or undefined where `npm run engine` has not put it in place. */
export function findNative(): string | undefined {
  const folder = packageIn(nativeFolder())
  return existsSync(join(folder, 'lib', 'napi-v8', 'tfjs_binding.node')) ? folder : undefined
}

/**
 * Puts the native engine in place, whole or not at all, outside the working tree, so that `npm ci` and other clones find it again.
 * Linux x86-64: tfjs-node's sources compiled against the libraries of PyPI's TensorFlow (needs Python with pip, and a C++ compiler).
 * Elsewhere: tfjs-node's stock prebuilt, from its own address; untested.
 * @returns the folder of tfjs-node
 * @throws NativeEngineUnavailableError
 */
export async function installNative(log: (line: string) => void): Promise<string> {
  const found = findNative()
  if (found) return found
  mkdirSync(cacheFolder('engine'), { recursive: true })
  const { bavail, bsize } = statfsSync(cacheFolder('engine'))
  if (bavail * bsize < neededBytes)
    throw new NativeEngineUnavailableError(
      `the native engine needs ${neededBytes / 1e9} GB of disk while it is installed; ${cacheFolder('engine')} has ${((bavail * bsize) / 1e9).toFixed(1)} GB. Free some, or set KUZUSHIJI_CACHE to another disk.`,
    )
  const folder = mkdtempSync(cacheFolder('engine', 'installing-'))
  try {
    cpSync(join(import.meta.dirname, 'package'), folder, { recursive: true })
    log(`installing @tensorflow/tfjs-node ${tfjsNode} …`)
    await run(
      'npm',
      ['ci', '--no-audit', '--no-fund', ...(compiles ? ['--ignore-scripts'] : [])],
      folder,
      'npm could not install tfjs-node',
    )
    if (compiles) await compileBinding(folder, log)
    try {
      renameSync(folder, nativeFolder())
    } catch (error) {
      // Another process was faster; its engine is as good.
      if (!findNative()) throw error
    }
    return packageIn(nativeFolder())
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compileBinding(folder: string, log: (line: string) => void): Promise<void> {
  const python = await firstThatRuns(['python3', 'python'], ['-m', 'pip', '--version'])
  if (!python)
    throw new NativeEngineUnavailableError(
      'the native engine needs Python 3 with pip, to fetch TensorFlow from PyPI, and found none.',
    )
  const compiler = await firstThatRuns([process.env.CXX ?? 'g++', 'c++', 'clang++'], ['--version'])
  if (!compiler) throw new NativeEngineUnavailableError('the native engine needs a C++ compiler (g++ or clang++) and found none.')

  log(`downloading ${wheel.requirement} from PyPI (274 MB) …`)
  // The wheel is kept until the engine stands, so that a later failure does not cost the download again.
  const downloads = cacheFolder('engine', 'downloads')
  mkdirSync(downloads, { recursive: true })
  const requirements = join(folder, 'requirements.txt')
  writeFileSync(requirements, `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`)
  const pip = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--require-hashes',
    '--only-binary=:all:',
  ]
  const target = ['--python-version', wheel.python, '--platform', wheel.platform, '--find-links', downloads, '--dest', downloads]
  await run(python, [...pip, ...target, '--requirement', requirements], folder, 'pip could not download TensorFlow')

  log('unpacking TensorFlow …')
  const [file] = readdirSync(downloads).filter((name) => name.startsWith('tensorflow_cpu-2.21.0'))
  const unpack = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if name.startswith(("tensorflow/include/", "tensorflow/libtensorflow_cc.so", "tensorflow/libtensorflow_framework.so")):
            wheel.extract(name, sys.argv[2])`
  await run(python, ['-c', unpack, join(downloads, file!), folder], folder, 'the wheel could not be unpacked')

  log('compiling the binding …')
  const tensorflow = join(folder, 'tensorflow')
  const tfjs = packageIn(folder)
  const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']
  for (const part of [join('deps', 'lib'), join('lib', 'napi-v8')]) mkdirSync(join(tfjs, part), { recursive: true })
  for (const library of libraries) linkSync(join(tensorflow, library), join(tfjs, 'deps', 'lib', library))
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join('binding', name))
  const includes = [join(folder, 'node_modules', 'node-api-headers', 'include'), join(tensorflow, 'include')].map(
    (path) => `-I${path}`,
  )
  const flags = ['-O2', '-std=c++17', '-shared', '-fPIC', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION']
  const link = [...libraries.map((library) => join('deps', 'lib', library)), '-Wl,-rpath,$ORIGIN/../../deps/lib']
  const output = ['-o', join('lib', 'napi-v8', 'tfjs_binding.node')]
  await run(compiler, [...flags, ...includes, ...sources, ...output, ...link], tfjs, 'the binding could not be compiled')
  rmSync(tensorflow, { recursive: true })
  rmSync(downloads, { recursive: true })
}

async function firstThatRuns(commands: string[], args: string[]): Promise<string | undefined> {
  for (const command of commands) if ((await start(command, args)).code === 0) return command
  return undefined
}

/** Runs a command to its end; throws with the last of what it said. */
async function run(command: string, args: string[], folder: string, failure: string): Promise<void> {
  const { code, output } = await start(command, args, folder)
  if (code !== 0)
    throw new NativeEngineUnavailableError(
      `${failure} (${command} ended with ${code}):\n${output.trim().split('\n').slice(-8).join('\n')}`,
    )
}

function start(command: string, args: string[], cwd?: string): Promise<{ code: number | string; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', (error) => resolve({ code: error.message, output }))
    child.on('close', (code, signal) => resolve({ code: code ?? signal ?? 'nothing', output }))
  })
}
