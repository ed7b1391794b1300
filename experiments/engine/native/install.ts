import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { cacheFolder } from '../../cache-folder.ts'
import { isRunning } from '../../is-running.ts'
import { compileBinding } from './compile-binding.ts'
import { compilesBinding, findTools, missingForNative, thisMachine, type Machine } from './requirements.ts'
import { lastLines, runCommand, runOrFail } from './run-command.ts'
import { fetchWheel, tensorflowWheel, type Wheel } from './tensorflow-wheel.ts'
import { NativeEngineUnavailableError } from './unavailable.ts'

/** Its own version and checksums come from package/package-lock.json. */
const tfjsNode = '4.22.0'

const folderName = compilesBinding(process)
  ? `tfjs-node-${tfjsNode}-${tensorflowWheel.project}-${tensorflowWheel.version}`
  : `tfjs-node-${tfjsNode}-${process.platform}-${process.arch}`

/** Where the engine is, or would be. */
const nativeFolder = () => cacheFolder('engine', folderName)
const packageIn = (folder: string) => join(folder, 'node_modules', '@tensorflow', 'tfjs-node')
const bindingIn = (folder: string) => join(packageIn(folder), 'lib', 'napi-v8', 'tfjs_binding.node')

/** The folder of tfjs-node with its binding compiled, or undefined where `npm run engine` has not put it in place. */
export const findNative = (): string | undefined =>
  existsSync(bindingIn(nativeFolder())) ? packageIn(nativeFolder()) : undefined

/** What is missing here for putting the native engine in place. */
export const whyNotNative = async (machine: Machine = thisMachine()): Promise<string[]> =>
  missingForNative(machine, cacheFolder('engine'), await findTools())

/** What goes wrong when a process loads the binding; undefined where nothing does. */
async function loadFailure(folder: string): Promise<string | undefined> {
  const { code, output } = await runCommand(process.execPath, ['-e', 'require(process.argv[1])', bindingIn(folder)])
  return code === 0 ? undefined : lastLines(output) || `it ended with ${code}`
}

interface InstallOptions {
  machine?: Machine
  wheel?: Wheel
}

/**
 * Puts the native engine in place, whole or not at all, outside the working tree, so that `npm ci` and other clones find it again.
 * Linux x86-64: tfjs-node's sources compiled against the libraries of PyPI's TensorFlow (needs Python 3 and a C++ compiler).
 * Elsewhere: tfjs-node's stock prebuilt, from its own address; untested. One that is in place but does not load is replaced.
 * @returns the folder of tfjs-node
 * @throws NativeEngineUnavailableError
 */
export async function installNative(
  log: (line: string) => void,
  { machine = thisMachine(), wheel = tensorflowWheel }: InstallOptions = {},
): Promise<string> {
  if (findNative()) {
    const failure = await loadFailure(nativeFolder())
    if (failure === undefined) return packageIn(nativeFolder())
    log(`the native engine in ${nativeFolder()} does not load and is put in place anew:\n${failure}`)
  }
  const parent = cacheFolder('engine')
  const tools = await findTools()
  const missing = missingForNative(machine, parent, tools)
  if (missing.length) throw new NativeEngineUnavailableError(`the native engine can't be put in place: ${missing.join('; ')}`)
  try {
    return await installInto(parent, { machine, wheel, python: tools.python!, compiler: tools.compiler!, log })
  } catch (error) {
    // Another process that was faster has removed the downloads; its engine is as good.
    if (await stands()) return packageIn(nativeFolder())
    throw fromDisk(error, parent)
  }
}

/** Whether an engine is in place that loads. */
const stands = async () => findNative() !== undefined && (await loadFailure(nativeFolder())) === undefined

async function installInto(
  parent: string,
  {
    machine,
    wheel,
    python,
    compiler,
    log,
  }: Required<InstallOptions> & { python: string; compiler: string; log: (line: string) => void },
): Promise<string> {
  mkdirSync(parent, { recursive: true })
  removeAbandoned(parent)
  const folder = mkdtempSync(join(parent, installingPrefix(process.pid)))
  // The wheel is kept until the engine stands, so that a later failure does not cost the download again.
  const downloads = join(parent, 'downloads')
  const compiles = compilesBinding(machine)
  try {
    cpSync(join(import.meta.dirname, 'package'), folder, { recursive: true })
    log(`installing @tensorflow/tfjs-node ${tfjsNode} …`)
    const npm = ['ci', '--no-audit', '--no-fund', ...(compiles ? ['--ignore-scripts'] : [])]
    await runOrFail('npm', npm, folder, 'npm could not install tfjs-node')
    if (compiles) {
      mkdirSync(downloads, { recursive: true })
      log(`downloading ${wheel.project} ${wheel.version} from PyPI (274 MB) …`)
      const file = await fetchWheel(wheel, downloads, python, log)
      await compileBinding({ folder, tfjs: packageIn(folder), wheel: file }, { python, compiler }, log)
    }
    const failure = await loadFailure(folder)
    if (failure !== undefined)
      throw new NativeEngineUnavailableError(`the native engine does not load on this machine:\n${failure}`)
    await putInPlace(folder)
    rmSync(downloads, { recursive: true, force: true })
    return packageIn(nativeFolder())
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function putInPlace(folder: string): Promise<void> {
  // Where another process was faster its engine is as good.
  if (await stands()) return
  const broken = `${folder}-replaced`
  if (existsSync(nativeFolder())) renameSync(nativeFolder(), broken)
  renameSync(folder, nativeFolder())
  rmSync(broken, { recursive: true, force: true })
}

const installingPrefix = (pid: number) => `installing-${hostname()}-${pid}-`

/** Removes what installs of this machine left that were killed. */
function removeAbandoned(parent: string): void {
  const prefix = installingPrefix(0).replace(/0-$/, '')
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length)) : undefined
    if (pid !== undefined && pid !== process.pid && !isRunning(pid)) rmSync(join(parent, name), { recursive: true, force: true })
  }
}

const diskFailures: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk can only be read',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'a part of its path is a file, not a folder',
}

/** What the disk refused, as what stands in the way; any other error as it is. */
function fromDisk(error: unknown, folder: string): unknown {
  const reason = diskFailures[(error as NodeJS.ErrnoException).code ?? '']
  return reason === undefined
    ? error
    : new NativeEngineUnavailableError(
        `the native engine can't be put into ${folder}: ${reason} (${(error as Error).message}). KUZUSHIJI_CACHE names another folder`,
      )
}
