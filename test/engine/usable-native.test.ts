import { afterEach, expect, test, vi } from 'vitest'
import { engineAskedFor, usableNative, whyNoneUsable } from '../../experiments/engine/usable-native.ts'

const findNative = vi.hoisted(() => vi.fn<() => string | undefined>())
vi.mock('../../experiments/engine/native/install.ts', () => ({ findNative }))
afterEach(() => vi.unstubAllEnvs())

test('the native engine is usable where it is in place and KUZUSHIJI_ENGINE does not ask for the other one', () => {
  findNative.mockReturnValue('/native')
  for (const wish of ['', 'native']) {
    vi.stubEnv('KUZUSHIJI_ENGINE', wish)
    expect(usableNative()).toBe('/native')
  }
  vi.stubEnv('KUZUSHIJI_ENGINE', 'portable')
  expect(usableNative()).toBeUndefined()
  expect(whyNoneUsable()).toBe('KUZUSHIJI_ENGINE asks for the portable engine')
})

test('none is usable where it is not in place, and what puts it there is said', () => {
  findNative.mockReturnValue(undefined)
  vi.stubEnv('KUZUSHIJI_ENGINE', '')
  expect(usableNative()).toBeUndefined()
  expect(whyNoneUsable()).toBe('the native engine is not in place (npm run engine)')
})

test('a word that is no engine is refused', () => {
  vi.stubEnv('KUZUSHIJI_ENGINE', 'fast')
  expect(engineAskedFor).toThrow('KUZUSHIJI_ENGINE is fast; it can be native or portable')
})
