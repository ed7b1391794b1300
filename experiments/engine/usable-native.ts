import { findNative } from './native/install.ts'
import type { Engine } from './network.ts'

/**
 * The engine that `KUZUSHIJI_ENGINE` asks for; undefined where it is not set, or empty.
 * @throws where it is another word
 */
export function engineAskedFor(): Engine['name'] | undefined {
  const wish = process.env.KUZUSHIJI_ENGINE
  if (!wish) return undefined
  if (wish !== 'native' && wish !== 'portable') throw new Error(`KUZUSHIJI_ENGINE is ${wish}; it can be native or portable`)
  return wish
}

/** The folder of tfjs-node where the native engine is in place, and `KUZUSHIJI_ENGINE` does not ask for the other one. */
export const usableNative = (): string | undefined => (engineAskedFor() === 'portable' ? undefined : findNative())

/** Why there is no usable native engine. */
export const whyNoneUsable = (): string =>
  engineAskedFor() === 'portable'
    ? 'KUZUSHIJI_ENGINE asks for the portable engine'
    : 'the native engine is not in place (npm run engine)'
