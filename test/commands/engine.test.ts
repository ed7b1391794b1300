import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { describeWithNative } from '../helpers/needs.ts'

function check(engine: string) {
  const env = { ...process.env, KUZUSHIJI_ENGINE: engine }
  return spawnSync(process.execPath, ['experiments/cli.ts', 'engine', '--check'], { encoding: 'utf8', env })
}
const speeds = (stdout: string, batch: number) =>
  [...stdout.matchAll(/^ {2}(.+): (\d+\.\d) ms a training step of (\d+) images, [\d,]+ images\/s \(median of (\d+)\)$/gm)].map(
    ([, model, milliseconds, images, count]) => ({
      model,
      measured: Number(milliseconds) > 0 && Number(images) === batch && Number(count) > 1,
    }),
  )
const three = ['CNN', 'FCNN', 'CNN without pooling'].map((model) => ({ model, measured: true }))

it('engine --check says why the portable engine would be used, and how fast it is', { timeout: 120_000 }, () => {
  const { status, stdout, stderr } = check('portable')
  expect(stdout).toMatch(/^engine: portable \(KUZUSHIJI_ENGINE asks for it\)\n/)
  expect(stdout).toMatch(
    /^tfjs-core 4\.22\.0 on wasm with relaxed SIMD \(module [0-9a-f]{8}\), Node v\d+\.\d+\.\d+, one thread$/m,
  )
  expect(speeds(stdout, 32)).toEqual(three)
  expect(stderr).toBe('')
  expect(status).toBe(0)
})

describeWithNative('engine --check', () => {
  it('says why the native engine would be used, and how fast it is, without what TensorFlow says', { timeout: 60_000 }, () => {
    const { status, stdout, stderr } = check('')
    expect(stdout).toMatch(/^engine: native \(it is in place\)\ntfjs-node 4\.22\.0, TensorFlow 2\.\d+\.\d+, Node v/)
    expect(speeds(stdout, 128)).toEqual(three)
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })
})
