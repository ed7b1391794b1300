import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { describeWithData, describeWithNative } from '../helpers/needs.ts'

/** A results folder with one run of the FCNN (and one of each of these), with weights, and no analysis of it; those of the data set are there. */
function folderOfOneRun(...others: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'analyse-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const analyses = ['data-set.json', 'shapes.json', 'splits.json'].map((name) => join('analyses', name))
  mkdirSync(join(folder, 'analyses'), { recursive: true })
  const runs = ['fcnn', ...others].flatMap((name) =>
    ['json', 'weights.bin', 'predictions.bin'].map((ending) => join('corrected', name, `seed-1.${ending}`)),
  )
  for (const file of [...runs, ...analyses]) cpSync(join('content', 'results', file), join(folder, file))
  return folder
}

function analyse(out: string, changes: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, CI: '', ...changes }
  return spawnSync(process.execPath, ['experiments/cli.ts', 'analyse', '--out', out], { encoding: 'utf8', env })
}
const both = 'shifts-corrected-fcnn-seed-1, calibration-corrected-fcnn-seed-1'

describeWithData('analyse, where KUZUSHIJI_ENGINE asks for the portable engine', () => {
  it('leaves out what takes the native one, and says so', () => {
    const { status, stdout } = analyse(folderOfOneRun(), { KUZUSHIJI_ENGINE: 'portable' })
    expect(stdout).toMatch(`not analysed, for KUZUSHIJI_ENGINE asks for the portable engine: ${both}\n`)
    expect(status).toBe(1)
  })

  it('goes on where predictions are missing, and says that no pairs were tested', () => {
    const out = folderOfOneRun('cnn')
    const predictions = join(out, 'corrected', 'cnn', 'seed-1.predictions.bin')
    rmSync(predictions)
    const { status, stdout } = analyse(out, { KUZUSHIJI_ENGINE: 'portable' })
    expect(stdout).toContain(`corrected: no pairs were tested: ${predictions} is missing, and its record names it`)
    expect(stdout).toContain('not analysed, for KUZUSHIJI_ENGINE asks for the portable engine')
    expect(status).toBe(1)
  })
})

describeWithNative('analyse', () => {
  describeWithData('with the data set', () => {
    it('goes on after an analysis that fails, says of each why, and fails in the end', { timeout: 60_000 }, () => {
      const out = folderOfOneRun()
      const weights = join(out, 'corrected', 'fcnn', 'seed-1.weights.bin')
      rmSync(weights)
      const { status, stdout, stderr } = analyse(out)
      const failed = (name: string) => `analysing: ${name}\n${name} failed: ${weights} is missing, and its record names it`
      for (const name of both.split(', ')) expect(stdout).toContain(failed(name))
      expect(stderr).toBe(`not analysed, see above: ${both}\n`)
      expect(status).toBe(1)
    })

    it(
      'makes what is missing in a process of its own, and says what it does but not what TensorFlow says',
      { timeout: 180_000 },
      () => {
        const out = folderOfOneRun()
        const { status, stdout, stderr } = analyse(out)
        expect(stdout).toMatch(
          /^analysing: shifts-corrected-fcnn-seed-1\nanalysing: calibration-corrected-fcnn-seed-1\nruns tested against each other: /,
        )
        expect([status, stderr]).toEqual([0, ''])
        const [unshifted] = JSON.parse(readFileSync(join(out, 'analyses', 'shifts-corrected-fcnn-seed-1.json'), 'utf8')).result
        const { evaluation } = JSON.parse(readFileSync(join(out, 'corrected', 'fcnn', 'seed-1.json'), 'utf8'))
        expect(Math.abs(unshifted.accuracy - evaluation.test.accuracy)).toBeLessThanOrEqual(3e-4)
      },
    )
  })
})
