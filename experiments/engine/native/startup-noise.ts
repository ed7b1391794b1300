import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** What TensorFlow says of itself on standard error before its log level counts: no environment variable keeps it from that. */
export const isStartupNoise = (line: string): boolean =>
  /^(WARNING: All log messages before absl|[IW]0000 )/.test(line) || line.trim() === ''

/** Passes on the lines of a process' standard error but for those. */
export const withoutNoise = (errors: Readable, passOn: (line: string) => void) =>
  createInterface({ input: errors }).on('line', (line) => {
    if (!isStartupNoise(line)) passOn(line)
  })
