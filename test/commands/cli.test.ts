import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { experiments, plannedRuns, requiredRuns } from '../../experiments/catalogue.ts'
import { readRunRecords, recordPath } from '../../experiments/results/read-results.ts'
import { sha256 } from '../../experiments/sha256.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { storePairedRuns } from '../../experiments/analyses/paired-runs.ts'
import { writeAtomically } from '../../experiments/results/write-atomically.ts'
import { writeRun } from '../../experiments/results/write-run.ts'
import { describeWithData } from '../helpers/needs.ts'
import { makeRecord, testLabels, testPredictions } from '../helpers/make-record.ts'

const empty = () => mkdtempSync(join(tmpdir(), 'cli-'))
function cli(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['experiments/cli.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, CI: '', RESULTS_DIR: '', SITE_PROTOCOL: '', ...env },
  })
  return { status, stdout, stderr }
}

/** A record in which `verify` finds nothing: its history has what was scored, nothing better, and its protocol as many images. */
function makeAgreeingRecord(changes: Partial<RunRecord> = {}): RunRecord {
  const record = makeRecord(changes)
  Object.assign((record.settings = structuredClone(record.settings)).protocol, {
    imagesPerClass: { training: 4, test: 4 },
    validation: { from: 'training', perClass: 4 },
  })
  const { accuracy: valAccuracy, loss: valLoss } = record.evaluation.validation!
  const history = record.history.map((row, i) => (i === 1 ? { ...row, valAccuracy, valLoss } : { ...row, valAccuracy: 0.5 }))
  return { ...record, history }
}

describe('the command line', () => {
  it.each([
    [['train', 'resnet'], 'there is no experiment resnet; there are: cnn, fcnn,'],
    [['train', '--protocol', 'quick'], 'there is no protocol quick; there are: corrected, published, smoke'],
    [['train', '--fast'], "unknown option '--fast'"],
    [['train', '--nth', '999'], 'there is no run 999: the report has '],
    [['train', 'cnn', '--planned'], 'name no experiments, protocol or seeds with them'],
    [['train', '--seeds', '1,2-x'], '"2-x" is neither a seed nor a range of seeds'],
    [['train', '--max-epochs', '0'], 'a whole number, 1 or more'],
    [['train', '--max-minutes', '0'], 'a number above 0'],
    [['train', '--max-minutes', '40000'], 'at most 35791'],
    [['train', '--max-minutes', 'Infinity'], 'at most 35791'],
    [['train', '--planned', '--protocol', 'smoke'], 'name no experiments, protocol or seeds with them'],
    [['train', '--nth', '1', '--seeds', '9'], 'name no experiments, protocol or seeds with them'],
    [['list', '--out', ''], '--out is empty: name a folder'],
    [['analyse', '--out', '/no/such/folder'], 'there is no folder /no/such/folder'],
    [['trian'], "unknown command 'trian'"],
  ])('answers %j with what there is, and exit code 2', (args, message) => {
    const { status, stderr } = cli(args)
    expect(stderr).toContain(message)
    expect(status).toBe(2)
  })

  it.each(['', 'list', 'train', 'status', 'analyse', 'verify', 'engine', 'refresh'])('has help for "%s"', (command) => {
    const { status, stdout } = cli([...(command ? [command] : []), '--help'])
    expect(stdout).toContain('Usage: ')
    expect(status).toBe(0)
  })

  it('lists one job per run as JSON', () => {
    const { runs, experiments } = JSON.parse(cli(['list', '--json']).stdout)
    expect(experiments.map((e: { parameters: number }) => e.parameters)).toContain(4_738_826)
    expect(runs[0]).toMatchObject({ protocol: 'corrected', command: expect.stringContaining('npm run experiments -- train') })
  })

  it('lists as due only what is not fresh, on one line', () => {
    const due = cli(['list', '--json', '--due']).stdout
    expect(due.trim()).not.toContain('\n')
    const missing = plannedRuns.filter((run) => !existsSync(recordPath('content/results', run)))
    expect(JSON.parse(due)).toMatchObject({ runs: missing })
    expect(missing.length).toBeLessThan(plannedRuns.length)
  })

  it('lists commands that leave their records in the folder listed, as a shell takes its name', () => {
    const dir = mkdtempSync(join(tmpdir(), "cli's folder "))
    const into = ` --out '${dir.replaceAll("'", `'\\''`)}'`
    const { runs } = JSON.parse(cli(['list', '--json', '--due', '--out', dir]).stdout) as { runs: { command: string }[] }
    expect(runs).toHaveLength(plannedRuns.length)
    expect(runs.filter(({ command }) => !command.endsWith(into))).toEqual([])
    expect(spawnSync('sh', ['-c', `printf %s ${into.slice(' --out '.length)}`], { encoding: 'utf8' }).stdout).toBe(dir)
    const plain = empty()
    expect(cli(['list', '--out', plain]).stdout).toContain(`train --planned --out ${plain} `)
    expect(cli(['list', '--due', '--out', plain]).stdout).toMatch(new RegExp(`^  npm run .* --seeds 1 --out ${plain}$`, 'm'))
  })

  it('says that runs are missing, as an error only in CI', () => {
    const dir = empty()
    const missing = cli(['status', '--out', dir, '--json'])
    expect(JSON.parse(missing.stdout)).toHaveLength(requiredRuns.length)
    expect(JSON.parse(missing.stdout)[0]).toMatchObject({ verdict: 'missing', required: true })
    expect(missing.status).toBe(0)
    const refused = cli(['refresh', '--out', dir], { CI: 'true' })
    expect(refused.stderr).toContain('with CI set nothing is trained')
    expect(refused.stdout.match(/corrected\/cnn\/seed-1: .*/g)).toEqual(['corrected/cnn/seed-1: it has not been run'])
    expect(refused.status).toBe(1)
  })

  it('names the file that KMNIST_DIR lacks', () => {
    const nowhere = empty()
    const { status, stderr } = cli(['train', 'fcnn', '--out', empty()], { KMNIST_DIR: nowhere })
    expect(stderr).toContain(`expected train-images-idx3-ubyte or train-images-idx3-ubyte.gz in ${nowhere}, found neither`)
    expect(stderr).not.toContain('    at ')
    expect(status).toBe(1)
  })

  it('calls a record stale whose protocol or experiment has left the catalogue, and says so', () => {
    const dir = empty()
    const { settings } = makeRecord()
    const left = { ...settings, protocol: { ...settings.protocol, name: 'tried-once' } }
    writeRun(dir, makeRecord({ protocol: 'tried-once', settings: left }), { predictions: testPredictions, weights: null })
    const { status, stdout } = cli(['status', '--out', dir])
    expect(stdout).toContain(
      'stale   tried-once/fcnn/seed-3 (not required): the protocol tried-once is not in the catalogue any more',
    )
    expect(status).toBe(0)
  })

  it('judges what the site needs once where it makes it fresh', () => {
    const { stdout } = cli(['refresh', '--out', empty()], { KMNIST_DIR: empty() })
    expect(stdout.match(/.*corrected\/cnn\/seed-1.*/g)).toEqual(['missing corrected/cnn/seed-1: it has not been run'])
  })

  it('tells the site of fresh runs what status tells it', () => {
    const toldBy = (command: string) => {
      expect(cli([command, '--for-site'], { CI: 'true' })).toMatchObject({ status: 0, stderr: '' })
      return readFileSync(join('.cache', 'status.json'), 'utf8')
    }
    const told = toldBy('status')
    // Whole, and about no results that other tests may be reading meanwhile.
    writeAtomically(join('.cache', 'status.json'), JSON.stringify({ schemaVersion: 1, resultsDir: 'elsewhere', runs: [] }))
    expect(toldBy('refresh')).toBe(told)
  })

  it('says of tests of pairs whether they are of these runs, and what it could not check', () => {
    const dir = empty()
    const cnn = experiments.find(({ name }) => name === 'cnn')!
    const { protocol } = makeRecord().settings
    writeRun(dir, makeAgreeingRecord(), { predictions: testPredictions, weights: null })
    // Of its own: another loss, and other logits, though not of the classes predicted.
    const predictions = Uint8Array.from(testPredictions, (byte, i) => (i === 0 ? byte + 1 : byte))
    const other = makeAgreeingRecord({
      experiment: 'cnn',
      settings: { experiment: cnn, protocol },
      files: { predictions: sha256(predictions), weights: null },
    })
    other.history[0]!.loss = 0.6
    writeRun(dir, other, { predictions, weights: null })
    const verify = () => cli(['verify', '--out', dir], { KMNIST_DIR: '', KUZUSHIJI_CACHE: empty() })
    expect(verify().stdout).toContain('DIFFERS   corrected: the stored tests of pairs are missing: it has not been made')
    storePairedRuns(dir, 'corrected', readRunRecords(dir), testLabels)
    const { status, stdout } = verify()
    expect(stdout).toContain(
      'unchecked corrected: 1 test of pairs of runs: of these predictions, but not computed again, no data set here',
    )
    expect(stdout).not.toContain('DIFFERS')
    expect(status).toBe(0)
  })

  it('verifies records, and names the one that differs', () => {
    const dir = empty()
    const files = { predictions: testPredictions, weights: null }
    writeRun(dir, makeAgreeingRecord(), files)
    const good = cli(['verify', '--out', dir], { KMNIST_DIR: '', KUZUSHIJI_CACHE: empty() })
    expect(good.stdout).toContain('1 records read, none differs; predictions unscored in 1, whose data set is not here')
    expect(good.stdout).toContain('nothing   no tests of pairs, for no two runs of one seed keep predictions: corrected')
    expect(good.status).toBe(0)
    writeRun(dir, makeAgreeingRecord({ seed: 4, scoredEpoch: 7 }), files)
    const bad = cli(['verify', '--out', dir], { KMNIST_DIR: '', KUZUSHIJI_CACHE: empty() })
    expect(bad.stdout).toContain("DIFFERS   corrected/fcnn/seed-4\n          scoredEpoch is 7, the protocol's rule gives 2")
    expect(bad.status).toBe(1)
  })
})

describeWithData('the command line on the real data set', () => {
  it('keeps the portable engine from what would take it more than an hour, and names the way out', () => {
    const { status, stderr } = cli(['refresh', '--out', empty()], { KUZUSHIJI_ENGINE: 'portable' })
    expect(stderr).toContain(
      'takes no more than an hour unasked (npm run experiments -- train cnn-augmented --protocol corrected --seeds 1 asks). The native engine is not used because: KUZUSHIJI_ENGINE asks for it',
    )
    expect(stderr).toContain('npm run build:site builds the site with the records there are')
    expect(status).toBe(1)
  })
})
