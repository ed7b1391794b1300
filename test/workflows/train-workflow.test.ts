import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { plannedRuns } from '../../experiments/catalogue.ts'
import { readRunRecord, readRunRecords, recordPath } from '../../experiments/results/read-results.ts'
import { describeWithNative } from '../helpers/needs.ts'
import { fillIn, readWorkflow, stepWith, type Job } from './read-workflow.ts'

const { plan, train, collect } = readWorkflow('train.yml').jobs as Record<'plan' | 'train' | 'collect', Required<Job>>

interface MatrixRun {
  id: string
  experiment: string
  protocol: string
  seed: number
  command: string
  record: string
}

function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** As GitHub runs a step: bash that stops at the first failure. `CI` is set there; nothing in it may train less for that. */
function runStep(script: string, env: Record<string, string>, cwd = '.') {
  return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true', SITE_PROTOCOL: '', ...env },
  })
}

/** The matrix that the job `plan` hands on, for a results folder. */
function planMatrix(resultsDir: string): MatrixRun[] {
  const output = join(temporaryFolder('output'), 'output')
  const { status, stderr } = runStep(stepWith(plan, 'list').run!, { RESULTS_DIR: resultsDir, GITHUB_OUTPUT: output })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  const [line, ...others] = readFileSync(output, 'utf8').trim().split('\n')
  expect(others).toEqual([])
  expect(line).toMatch(/^due=/)
  return (JSON.parse(line!.slice('due='.length)) as { runs: MatrixRun[] }).runs
}

/** What the step that uploads a record would take: each path below content/results, endings left open. */
const uploadedRecords = (run: MatrixRun) =>
  fillIn(stepWith(train, 'record-').with!['path']!, { matrix: { run } }).trim().split('\n')

test('the plan hands one job a run on, each with a command and a record of its own, no more than GitHub takes', () => {
  expect(plan.outputs['due']).toBe('${{ steps.list.outputs.due }}')
  expect(stepWith(plan, 'list').id).toBe('list')
  expect(train.strategy.matrix).toEqual({ run: '${{ fromJSON(needs.plan.outputs.due).runs }}' })
  const runs = planMatrix(temporaryFolder('results'))
  expect(runs.map(({ experiment, protocol, seed }) => ({ experiment, protocol, seed }))).toEqual(plannedRuns)
  expect(runs.length).toBeLessThanOrEqual(256)
  for (const key of ['id', 'command', 'record'] as const) expect(new Set(runs.map((run) => run[key])).size).toBe(runs.length)
  for (const run of runs)
    expect(uploadedRecords(run)).toEqual([
      'content/results/behaviour.json',
      `content/results/${run.record.replace(/json$/, '')}*`,
    ])
})

test('a checkpoint is uploaded from the folder that training keeps it in, and downloaded into it under the same name', () => {
  expect(train.env['KUZUSHIJI_CHECKPOINTS']).toBe('${{ github.workspace }}/checkpoints')
  // Else a run that is gone on with would count as trained from changed code.
  expect(spawnSync('git', ['check-ignore', 'checkpoints/a.bin'], { encoding: 'utf8' }).stdout).toBe('checkpoints/a.bin\n')
  const artifact = { name: 'checkpoint-${{ matrix.run.id }}', path: 'checkpoints' }
  // Someone may cancel it, and a job that outlasts its time is cancelled too.
  const upload = stepWith(train, 'failure()')
  expect(upload).toMatchObject({ if: '${{ failure() || cancelled() }}', with: { ...artifact, 'if-no-files-found': 'ignore' } })
  // A run that ended has no checkpoint any more: its record is uploaded whatever failed after it.
  expect(stepWith(train, 'record-')).toMatchObject({ if: '${{ !cancelled() }}', with: { 'if-no-files-found': 'ignore' } })
  const download = stepWith(train, 'download-artifact')
  expect(download).toMatchObject({ if: 'inputs.continue', with: { ...artifact, 'run-id': '${{ inputs.continue }}' } })
  const [before, training, after] = [download, stepWith(train, 'matrix.run.command'), upload].map((step) =>
    train.steps.indexOf(step),
  )
  expect(before!).toBeLessThan(training!)
  expect(training!).toBeLessThan(after!)
})

test('a number to continue that left no checkpoints fails the plan, which says so', () => {
  const step = stepWith(plan, 'CONTINUE')
  expect(step).toMatchObject({ if: 'inputs.continue', env: { CONTINUE: '${{ inputs.continue }}' } })
  const tools = temporaryFolder('tools')
  const run = (names: string) => {
    writeFileSync(join(tools, 'gh'), `#!/bin/sh\nprintf '${names}'\n`, { mode: 0o755 })
    return runStep(step.run!, { PATH: `${tools}:${process.env['PATH']}`, CONTINUE: '7', GITHUB_REPOSITORY: 'a/b' })
  }
  expect(run('record-x\\ncheckpoint-x\\n').status).toBe(0)
  const mistyped = run('record-x\\n')
  expect([mistyped.status, mistyped.stderr]).toEqual([1, 'workflow run 7 left no checkpoints\n'])
})

// A run of the smoke protocol stands for the matrix' own, which take hours.
const smokeRun = (experiment: string): MatrixRun => ({
  id: `smoke-${experiment}-seed-1`,
  experiment,
  protocol: 'smoke',
  seed: 1,
  command: `npm run experiments -- train ${experiment} --protocol smoke --seeds 1`,
  record: `smoke/${experiment}/seed-1.json`,
})

/** The job's training step on a workspace, with a limit of time of one's own. */
function trainStep(run: MatrixRun, workspace: string, { minutes, more = '' }: { minutes?: string; more?: string } = {}) {
  const script = fillIn(stepWith(train, 'matrix.run.command').run!, { matrix: { run } })
  expect(script).toMatch(/ --max-minutes \d+$/)
  return runStep(`${minutes ? script.replace(/\d+$/, minutes) : script}${more}`, {
    RESULTS_DIR: join(workspace, 'content', 'results'),
    KUZUSHIJI_CHECKPOINTS: fillIn(train.env['KUZUSHIJI_CHECKPOINTS']!, { github: { workspace } }),
  })
}

describeWithNative('the workflow that trains', () => {
  test(
    'a run whose time is up fails its job, and goes on from its checkpoint in the next workflow run',
    { timeout: 120_000 },
    () => {
      const [first, second] = [temporaryFolder('first'), temporaryFolder('second')]
      const run = smokeRun('fcnn')
      const late = trainStep(run, first, { minutes: '0.002' })
      expect(late.stderr).toContain('time is up; every epoch that was finished is kept')
      expect(late.status).toBe(75)
      expect(existsSync(join(first, 'content', 'results', run.record))).toBe(false)

      // As if time had been up after the first epoch: its checkpoint is there, the artifact carries it to another machine.
      expect(trainStep(run, first, { more: ' --max-epochs 1' }).status).toBe(0)
      cpSync(join(first, 'checkpoints'), join(second, 'checkpoints'), { recursive: true })
      const continued = trainStep(run, second)
      expect(continued.stdout).toContain('smoke/fcnn/seed-1: goes on after epoch 1')
      expect(continued.status).toBe(0)
      const record = readRunRecord(recordPath(join(second, 'content', 'results'), run))
      expect(record.provenance.segments.map(({ firstEpoch, lastEpoch }) => [firstEpoch, lastEpoch])).toEqual([
        [1, 1],
        [2, 2],
      ])
    },
  )

  test('records of several jobs, copied together, are verified and go into a pull request', { timeout: 120_000 }, () => {
    const collected = temporaryFolder('collected')
    const git = (...args: string[]) => runStep(['git', ...args].join(' '), {}, collected)
    git('init', '--quiet', '--initial-branch', 'main')
    git('init', '--quiet', '--bare', 'origin.git')
    git('remote', 'add', 'origin', 'origin.git')
    git('-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '--quiet', '--allow-empty', '--message', 'first')
    const results = join(collected, 'content', 'results')
    mkdirSync(results, { recursive: true })
    for (const experiment of ['fcnn', 'cnn']) {
      const workspace = temporaryFolder('job')
      const run = smokeRun(experiment)
      expect(trainStep(run, workspace).status).toBe(0)
      // The artifact: these paths, without the folder that they share; merged where it is downloaded.
      for (const path of uploadedRecords(run)) {
        const { stdout } = runStep(`ls ${path}`, {}, workspace)
        for (const file of stdout.trim().split('\n')) cpSync(join(workspace, file), join(collected, file), { recursive: true })
      }
    }
    expect(stepWith(collect, 'download-artifact').with).toMatchObject({ path: 'content/results', 'merge-multiple': true })
    expect(readRunRecords(results).map(({ experiment }) => experiment)).toEqual(['cnn', 'fcnn'])
    const script = (what: string) => runStep(stepWith(collect, what).run!, { RESULTS_DIR: results })
    const analysed = script('npm run experiments')
    expect(analysed.stdout).toContain('runs tested against each other: smoke')
    expect(analysed.status).toBe(0)
    const verified = script('npm run verify')
    expect(verified.stdout).toContain('verified  smoke: 1 test of pairs of runs, computed again')
    expect(verified.stdout).toContain('2 records verified, none differs')
    expect(verified.status).toBe(0)

    const tools = join(collected, 'tools')
    mkdirSync(tools)
    writeFileSync(join(tools, 'gh'), '#!/bin/sh\necho "gh $*"\n', { mode: 0o755 })
    const open = () =>
      runStep(
        stepWith(collect, 'Open a pull request').run!,
        { PATH: `${tools}:${process.env['PATH']}`, GITHUB_RUN_ID: '7', GITHUB_REF_NAME: 'main' },
        collected,
      )
    expect(open().stdout).toContain('gh pr create --base main --head records-7 --title Records of workflow run 7')
    expect(git('--git-dir', 'origin.git', 'ls-tree', '-r', '--name-only', 'records-7').stdout).toContain(
      'content/results/smoke/fcnn/seed-1.json',
    )
    git('branch', '--move', 'records-7', 'main', '--force')
    expect(open().stdout).toContain('no run was finished')
  })
})
