import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { cacheFolder } from '../experiments/cache-folder.ts'

it.each([
  [{ KUZUSHIJI_CACHE: '/a', XDG_CACHE_HOME: '/b' }, '/a/part'],
  [{ KUZUSHIJI_CACHE: 'here', XDG_CACHE_HOME: '/b' }, resolve('here', 'part')],
  [{ KUZUSHIJI_CACHE: '', XDG_CACHE_HOME: '/b' }, '/b/kuzushiji-report/part'],
  [{ KUZUSHIJI_CACHE: '', XDG_CACHE_HOME: '' }, join(homedir(), '.cache', 'kuzushiji-report', 'part')],
])('with %j the cache is %s', (env, expected) => {
  onTestFinished(() => void vi.unstubAllEnvs())
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  expect(cacheFolder('part')).toBe(expected)
})
