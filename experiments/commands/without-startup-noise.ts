import { spawn } from 'node:child_process'
import { withoutNoise } from '../engine/native/startup-noise.ts'
import { usableNative } from '../engine/usable-native.ts'

/** Set for the process whose standard error is filtered. */
const mark = 'KUZUSHIJI_ERRORS_FILTERED'

/**
 * Does a command's work where it loads the native engine: in a process of its own with the same arguments, whose standard error is
 * passed on without what TensorFlow says when it starts. Where no native engine is used, nothing says anything, and it is done here.
 * @param work gives the exit code
 */
export async function withoutStartupNoise(work: () => Promise<number>): Promise<number> {
  if (process.env[mark] || usableNative() === undefined) return work()
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'pipe'],
    env: { ...process.env, [mark]: '1' },
  })
  // The child says what there is to say when it is stopped, and its end is ours.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal)
    process.on(signal, () => child.kill(signal))
  }
  withoutNoise(child.stderr, console.error)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (signal) console.error(`its process ended with ${signal}`)
      resolve(code ?? 1)
    })
  })
}
