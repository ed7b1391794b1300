import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { portableEngine } from '../../engine/portable/portable-engine.ts'
import type { Layer } from '../../models/layers.ts'
import { compareBehaviour, type Behaviour } from '../../results/behaviour.ts'
import { engineNumbers } from './engine-numbers.ts'

/** Engines and processors add in other orders, and much of what is added cancels: they differed by up to 4e-4. Formulas differ by more. */
const tolerance = 1e-2

/** The parts of the second whose numbers are others than in the first. */
export const differing = (portable: Behaviour, native: Behaviour): Behaviour =>
  Object.fromEntries(compareBehaviour(portable, native, tolerance).map((part) => [part, native[part]!]))

/**
 * The parts in which the native engine does otherwise than the portable one, with its numbers: none, unless the code of one of them was
 * changed. The engine that trains must be measured too, and its numbers move too much from one processor to another to be named.
 * @param folder of tfjs-node
 * @throws where it does not work
 */
export async function nativeDifferences(folder: string, models: readonly (readonly Layer[])[]): Promise<Behaviour> {
  const worker = join(import.meta.dirname, 'native-numbers-worker.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [worker, folder, JSON.stringify(models)]).catch(
    (error: Error) => {
      throw new Error(
        `the native engine is in place, but what it computes could not be measured: ${error.message}\n` +
          'npm run engine puts it in place anew; with KUZUSHIJI_ENGINE=portable it is left out',
        { cause: error },
      )
    },
  )
  return differing(engineNumbers(await portableEngine(), models), JSON.parse(stdout) as Behaviour)
}
