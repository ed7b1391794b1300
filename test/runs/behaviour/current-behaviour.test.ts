import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { currentBehaviour } from '../../../experiments/runs/behaviour/current-behaviour.ts'
import { temporaryFolder } from '../../site/made-up-site.ts'

const measureBehaviour = vi.hoisted(() => vi.fn(() => Promise.resolve({ loop: [1, 2] })))
vi.mock('../../../experiments/runs/behaviour/measure-behaviour.ts', () => ({ measureBehaviour }))
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
