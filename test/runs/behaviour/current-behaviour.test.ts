import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { currentBehaviour } from '../../../experiments/runs/behaviour/current-behaviour.ts'
import { temporaryFolder } from '../../site/made-up-site.ts'

const measureBehaviour = vi.hoisted(() => vi.fn(() => Promise.resolve({ loop: [1, 2] })))
vi.mock('../../../experiments/runs/behaviour/measure-behaviour.ts', () => ({ measureBehaviour }))
const findNative = vi.hoisted(() => vi.fn<() => string | undefined>(() => undefined))
vi.mock('../../../experiments/engine/native/install.ts', () => ({ findNative }))
const nativeDifferences = vi.hoisted(() => vi.fn(() => Promise.resolve({})))
vi.mock('../../../experiments/runs/behaviour/native-differences.ts', () => ({ nativeDifferences }))
afterAll(() => vi.unstubAllEnvs())

test('a measurement is kept, and made again where what was kept is cut or something else', async () => {
  const cache = temporaryFolder()
  vi.stubEnv('KUZUSHIJI_CACHE', cache)
  const ids = async () => (await currentBehaviour(temporaryFolder())).ids
  const measured = await ids()
  expect(Object.keys(measured)).toEqual(['loop'])
  expect(await ids()).toEqual(measured)
  expect(measureBehaviour).toHaveBeenCalledTimes(1)
  const [kept] = readdirSync(join(cache, 'behaviour'))
  for (const text of ['{"loop": [1, ', '{}', '{"loop": 1}', '{"loop": []}']) {
    writeFileSync(join(cache, 'behaviour', kept!), text)
    measureBehaviour.mockClear()
    expect([text, await ids()]).toEqual([text, measured])
    expect(measureBehaviour).toHaveBeenCalledTimes(1)
  }
})

test('where the native engine does otherwise than the portable one, the part has another id, unless it is ruled out', async () => {
  vi.stubEnv('KUZUSHIJI_CACHE', temporaryFolder())
  const ids = async () => (await currentBehaviour(temporaryFolder())).ids
  const portable = await ids()
  findNative.mockReturnValue('/native')
  expect(await ids()).toEqual(portable)
  findNative.mockReturnValue('/changed')
  nativeDifferences.mockResolvedValue({ loop: [3] })
  expect((await ids()).loop).not.toBe(portable.loop)
  vi.stubEnv('KUZUSHIJI_ENGINE', 'portable')
  expect(await ids()).toEqual(portable)
})

test('parts of models that the catalogue lacks stay stored beside those measured now', async () => {
  vi.stubEnv('KUZUSHIJI_CACHE', temporaryFolder())
  const results = temporaryFolder()
  measureBehaviour.mockResolvedValueOnce({ loop: [1, 2], 'model/other': [3] } as never)
  ;(await currentBehaviour(results)).store()
  const file = join(results, 'behaviour.json')
  const before = JSON.parse(readFileSync(file, 'utf8'))
  vi.stubEnv('KUZUSHIJI_CACHE', temporaryFolder())
  const now = await currentBehaviour(results)
  expect(Object.keys(now.ids)).toEqual(['loop'])
  now.store()
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(before)
})
