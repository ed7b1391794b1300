import { findNative, installNative, whyNotNative } from './native/install.ts'
import { nativeEngine } from './native/native-engine.ts'
import { NativeEngineUnavailableError } from './native/unavailable.ts'
import type { Engine } from './network.ts'
import { engineAskedFor } from './usable-native.ts'
import { wasmFolder } from './wasm-folder.ts'

export interface EngineChoice {
  name: Engine['name']
  /** The folder of tfjs-node, where the choice is native. */
  folder?: string
  /** Why, in a sentence. */
  reason: string
}

/**
 * Which engine this machine trains on: native where it is in place or can be put there, else portable, with one sentence why.
 * `KUZUSHIJI_ENGINE=native|portable` decides instead.
 * @param install try to put the native engine in place where it isn't
 */
export async function chooseEngine({ install, log }: { install: boolean; log: (line: string) => void }): Promise<EngineChoice> {
  const wish = engineAskedFor()
  if (wish === 'portable') return { name: 'portable', reason: 'KUZUSHIJI_ENGINE asks for it' }
  const found = findNative()
  if (found) return { name: 'native', folder: found, reason: 'it is in place' }
  if (!install && wish !== 'native') return { name: 'portable', reason: describeAbsence(await whyNotNative()) }
  try {
    return { name: 'native', folder: await installNative(log), reason: 'it has just been put in place' }
  } catch (error) {
    if (!(error instanceof NativeEngineUnavailableError) || wish === 'native') throw error
    return { name: 'portable', reason: error.message }
  }
}

/** That the native engine is not in place, and what to do or what stands in the way. */
export const describeAbsence = (missing: string[]): string =>
  missing.length
    ? `the native engine is not in place and can't be put there: ${missing.join('; ')}`
    : 'the native engine is not in place: npm run engine puts it there'

/**
 * @param threads for the native engine; the portable one has one
 * @throws where the native engine does not load, saying what to do
 */
export async function loadEngine(choice: Pick<EngineChoice, 'folder'>, threads: number): Promise<Engine> {
  if (choice.folder !== undefined)
    try {
      return nativeEngine(choice.folder, threads)
    } catch (error) {
      throw new Error(
        `the native engine does not load: ${(error as Error).message}\n` +
          'npm run engine puts it in place anew; KUZUSHIJI_ENGINE=portable uses the other one',
        { cause: error },
      )
    }
  // Only here: TensorFlow.js takes a while to load, and most commands don't need it.
  const { wasmEngine } = await import('./portable/wasm-engine.ts')
  return wasmEngine(wasmFolder())
}
