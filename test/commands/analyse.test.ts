import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { describeWithData, describeWithNative } from '../helpers/needs.ts'

/** A results folder with one run of the FCNN, with weights, and no analysis of it; those of the data set are there. */
function folderOfOneRun(): string {
  const folder = mkdtempSync(join(tmpdir(), 'analyse-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const run = join('corrected', 'fcnn')
  const analyses = ['data-set.json', 'shapes.json', 'splits.json'].map((name) => join('analyses', name))
  mkdirSync(join(folder, 'analyses'), { recursive: true })
  for (const file of [...['json', 'weights.bin', 'predictions.bin'].map((ending) => join(run, `seed-1.${ending}`)), ...analyses])
    cpSync(join('content', 'results', file), join(folder, file))
  return folder
}

describeWithNative('analyse', () => {
  describeWithData('with the data set', () => {
    it(
      'makes what is missing in a process of its own, and says what it does but not what TensorFlow says',
      { timeout: 180_000 },
      () => {
        const out = folderOfOneRun()
        const env = { ...process.env, CI: '' }
        const args = ['experiments/cli.ts', 'analyse', '--out', out]
        const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env })
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
