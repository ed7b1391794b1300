import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * Where what is dear to make and needs no version control is kept, outside the working tree so that `npm ci`, a fresh clone and a
 * branch find it again: the data set, the native engine, checkpoints, verdicts on behaviour. `KUZUSHIJI_CACHE` moves it. Empty
 * variables count as unset: they would mean the working directory. Always absolute: parts of it are handed to other programs.
 */
export const cacheFolder = (...parts: string[]): string =>
  resolve(
    process.env.KUZUSHIJI_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kuzushiji-report'),
    ...parts,
  )
