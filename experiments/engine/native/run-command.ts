import { spawn } from 'node:child_process'
import { NativeEngineUnavailableError } from './unavailable.ts'

interface Ended {
  /** Its exit code, its signal, or why it could not be started. */
  code: number | string
  /** Standard output and standard error, as they came. */
  output: string
}

/** On Windows npm is a script, which only a shell starts; a shell would take paths with spaces apart. */
const needsShell = (command: string) => process.platform === 'win32' && command === 'npm'

/** Runs a command to its end, whatever that is. */
export function runCommand(command: string, args: readonly string[], cwd?: string): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: needsShell(command) })
    // npm, pip and the compiler do not outlive this process: another would find its folder taken apart.
    const kill = () => void child.kill('SIGKILL')
    process.once('exit', kill)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const end = (code: Ended['code']) => {
      process.off('exit', kill)
      resolve({ code, output })
    }
    child.on('error', (error) => end(error.message))
    child.on('close', (code, signal) => end(code ?? signal ?? 'nothing'))
  })
}

/** The last of what a command said. */
export const lastLines = (output: string): string => output.trim().split('\n').slice(-8).join('\n')

/**
 * Runs a command that must succeed.
 * @throws NativeEngineUnavailableError with the last of what it said, where it does not
 */
export async function runOrFail(command: string, args: readonly string[], folder: string, failure: string): Promise<void> {
  const { code, output } = await runCommand(command, args, folder)
  if (code !== 0) throw new NativeEngineUnavailableError(`${failure} (${command} ended with ${code}):\n${lastLines(output)}`)
}
