import { CommanderError, type Command } from 'commander'
import { isDefect } from '../is-defect.ts'
import { UsageError } from '../runs/plan.ts'

/** Ends the process, with a last line below what progress bars leave: they are cleared as it ends. */
export function exitSaying(line: string, code: number): never {
  process.once('exit', () => console.error(line))
  process.exit(code)
}

/**
 * Runs a command line to its end and sets the exit code: 2 for what was asked wrongly, 1 for what failed, 130 or 143 where it was
 * stopped.
 * @param stopped what to say then: what is kept, and how to go on
 */
export async function runProgram(program: Command, stopped: string): Promise<void> {
  const interrupted = (signal: 'SIGINT' | 'SIGTERM') => () => exitSaying(`\n${stopped}`, signal === 'SIGINT' ? 130 : 143)
  process.on('SIGINT', interrupted('SIGINT'))
  process.on('SIGTERM', interrupted('SIGTERM'))
  try {
    await program.parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else if (isDefect(error)) throw error
    else {
      console.error((error as Error).message)
      process.exitCode = error instanceof UsageError ? 2 : 1
    }
  }
}
