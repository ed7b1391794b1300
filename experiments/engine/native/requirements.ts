import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { runCommand } from './run-command.ts'

/** What decides whether the native engine can be had, and how. */
export interface Machine {
  platform: NodeJS.Platform
  arch: string
  /** Version of the C library that Node runs on; undefined where it is another than glibc. */
  glibc: string | undefined
  freeBytes(folder: string): number
}

export function thisMachine(): Machine {
  // Else the report looks up the names of the machine's connections.
  Object.assign(process.report, { excludeNetwork: true })
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  return {
    platform: process.platform,
    arch: process.arch,
    glibc: header.glibcVersionRuntime,
    freeBytes(folder) {
      const { bavail, bsize } = statfsSync(folder)
      return bavail * bsize
    },
  }
}

/** Where the binding is compiled against PyPI's TensorFlow; elsewhere tfjs-node's stock prebuilt is taken. */
export const compilesBinding = ({ platform, arch }: Pick<Machine, 'platform' | 'arch'>): boolean =>
  platform === 'linux' && arch === 'x64'

/** What tfjs-node has a prebuilt for. */
const prebuilt = ['linux arm64', 'darwin x64', 'darwin arm64', 'win32 x64']
const neededBytes = 4e9
/** The wheel's tag, manylinux_2_27, says so. */
const neededGlibc = 27

interface Tools {
  python: string | undefined
  compiler: string | undefined
}

async function firstThatRuns(commands: readonly string[], args: readonly string[]): Promise<string | undefined> {
  for (const command of commands) if ((await runCommand(command, args)).code === 0) return command
  return undefined
}

/** The commands that compiling the binding takes, as far as they are there. `CXX` names another compiler. */
export const findTools = async (): Promise<Tools> => ({
  python: await firstThatRuns(['python3', 'python'], ['-c', 'import sys, zipfile; sys.exit(sys.version_info < (3,))']),
  compiler: await firstThatRuns([...(process.env.CXX ? [process.env.CXX] : []), 'g++', 'c++', 'clang++'], ['--version']),
})

function wrongPlatform({ platform, arch, glibc }: Machine): string | undefined {
  const system = `${platform} ${arch}`
  if (platform === 'linux' && !glibc) return `it needs Linux with glibc, and this one has another C library (musl, as on Alpine)`
  if (!compilesBinding({ platform, arch }))
    return prebuilt.includes(system)
      ? undefined
      : `it is there for linux x64, ${prebuilt.join(', ')}, not for this machine's ${system}`
  return Number(glibc!.split('.')[1]) < neededGlibc && glibc!.startsWith('2.')
    ? `it needs glibc 2.${neededGlibc} or newer, and this machine has ${glibc}`
    : undefined
}

function existingParent(folder: string): string {
  return existsSync(folder) ? folder : existingParent(dirname(folder))
}

/**
 * What is missing for putting the native engine into a folder; empty where nothing is. On a platform it is not made for, only that.
 * @param tools what `findTools` found
 */
export function missingForNative(machine: Machine, folder: string, tools: Tools): string[] {
  const platform = wrongPlatform(machine)
  if (platform) return [platform]
  const free = machine.freeBytes(existingParent(folder))
  return [
    ...(free < neededBytes
      ? [
          `it needs ${neededBytes / 1e9} GB of disk while it is installed, and ${folder} has ${(free / 1e9).toFixed(1)} GB (free some, or set KUZUSHIJI_CACHE to a folder on another disk)`,
        ]
      : []),
    ...(compilesBinding(machine) && !tools.python ? ['it needs Python 3 to unpack TensorFlow, and there is none'] : []),
    ...(compilesBinding(machine) && !tools.compiler
      ? ['it needs a C++ compiler (g++ or clang++, or the one that CXX names), and there is none']
      : []),
  ]
}
