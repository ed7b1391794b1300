import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { compileBinding } from '../../../experiments/engine/native/compile-binding.ts'
import { temporaryFolder, useTools } from './made-up-tools.ts'

vi.mock('node:fs', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  linkSync: () => {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' })
  },
}))

it("puts TensorFlow's libraries beside the binding where a file system has no hard links, and leaves nothing else of the wheel", async () => {
  const tools = useTools()
  const folder = temporaryFolder('engine')
  const [tfjs, wheel] = [join(folder, 'tfjs'), join(folder, 'tensorflow.whl')]
  writeFileSync(wheel, '')
  const commands = { python: join(tools, 'python3'), compiler: join(tools, 'g++') }
  await compileBinding({ folder, tfjs, wheel }, commands, () => {})
  expect(readdirSync(join(tfjs, 'deps', 'lib'))).toEqual(['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'])
  expect(existsSync(join(folder, 'tensorflow'))).toBe(false)
})
