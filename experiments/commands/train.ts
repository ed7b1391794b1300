import { availableParallelism } from 'node:os'
import { expectedEpochs } from '../catalogue.ts'
import { chooseEngine, type EngineChoice } from '../engine/choose.ts'
import { currentBehaviour, type CurrentBehaviour } from '../runs/behaviour/current-behaviour.ts'
import { judgeRun, type Verdict } from '../results/freshness.ts'
import { runLabel } from '../results/read-results.ts'
import { partsOf } from '../results/behaviour.ts'
import { aboutPortable, estimateSeconds, formatDuration } from '../runs/estimate.ts'
import type { Job, JobEvent } from '../runs/job.ts'
import { loadDataset } from '../runs/load-dataset.ts'
import { runName, trainCommandOf, type PlannedRun } from '../runs/plan.ts'
import { barProgress, lineProgress, type Progress } from '../runs/progress.ts'
import { runJobs } from '../runs/run-jobs.ts'
import { timeLeft, type JobPace } from '../runs/time-left.ts'
import { analyse } from './analyse.ts'
import { currentCommit } from './context.ts'
import { analysisStatuses, describeAnalysis } from './status.ts'

export interface TrainOptions {
  runs: PlannedRun[]
  resultsDir: string
  maxEpochs?: number | undefined
  /** Threads of each child process; absent: the cores shared out. */
  threads?: number | undefined
  /** Child processes at a time; absent: as many as cores. */
  jobs?: number | undefined
  /** Train in the order given instead of the longest first. */
  inOrder?: boolean | undefined
  /** How the code behaves now, where the runs have been judged by it already: all of them are trained. */
  judgedUnder?: CurrentBehaviour | undefined
  /** Go on with runs that stopped at their budget. */
  continue: boolean
  /** Refuse what would take the portable engine more than an hour: nobody asked for it by name. */
  refuseSlow?: boolean
}

/** What can't be trained here, and why. */
export class CannotTrainError extends Error {
  override name = 'CannotTrainError'
}

/** Seconds that the portable engine may take for a run unasked. */
const portableLimit = 3600

/** Trains what is missing or stale among the runs; returns the number that failed. */
export async function trainCommand(options: TrainOptions): Promise<number> {
  const progress =
    process.stdout.isTTY && process.stderr.isTTY ? barProgress() : lineProgress(console.log, () => performance.now() / 1000)
  try {
    return await trainRuns(options, progress)
  } finally {
    progress.stop()
  }
}

async function trainRuns(options: TrainOptions, progress: Progress): Promise<number> {
  const { resultsDir } = options
  const behaviour = options.judgedUnder ?? (await currentBehaviour(resultsDir))
  const isDueNow = (run: PlannedRun) => isDue(run, judgeRun(resultsDir, run, behaviour.ids), options, progress.log)
  const due = options.judgedUnder ? options.runs : options.runs.filter(isDueNow)
  if (due.length === 0) {
    // Of runs that ended, what is derived may not have been made: it was stopped then.
    const protocols = new Set(options.runs.map(({ protocol }) => protocol.name))
    const lacking = analysisStatuses(resultsDir).filter(({ protocol, verdict }) => protocols.has(protocol) && verdict !== 'fresh')
    lacking.map(describeAnalysis).forEach(progress.log)
    if (lacking.length) await analyse(resultsDir, progress.log, new Set(lacking.map(({ protocol }) => protocol)))
    return 0
  }
  // The data set is fetched once, before the children ask for it.
  await loadDataset(longest(due).protocol, { download: true, log: progress.log, progress: progress.download })
  const engine = await chooseEngine({ install: due.some((run) => !run.protocol.imagesPerClass), log: progress.log })
  progress.log(describeChoice(engine))
  if (options.refuseSlow) refuseWhatTakesLong(due, engine, options)
  behaviour.store()

  const cores = availableParallelism()
  const parallel = Math.min(options.jobs ?? cores, due.length)
  const threads = engine.name === 'portable' ? 1 : (options.threads ?? Math.max(1, Math.floor(cores / parallel)))
  const seconds = (run: PlannedRun) => estimateSeconds(run, engine.name, options.maxEpochs)
  const total = due.reduce((sum, run) => sum + seconds(run), 0) / (parallel * threads)
  const plural = due.length === 1 ? 'run' : 'runs'
  progress.log(
    `${due.length} ${plural} to train, ${parallel} at a time with ${threads} thread${threads === 1 ? '' : 's'} each: about ${formatDuration(total)}`,
  )

  const commit = currentCommit()
  const jobs = due
    .toSorted((a, b) => (options.inOrder ? 0 : seconds(b) - seconds(a)))
    .map((run): Job => ({
      run: runName(run),
      resultsDir,
      maxEpochs: Math.min(options.maxEpochs ?? Infinity, run.protocol.maxEpochs),
      expectedEpochs: epochsToExpect(run, options.maxEpochs),
      threads,
      engine,
      behaviour: Object.fromEntries(partsOf(run.experiment, run.protocol).map((part) => [part, behaviour.ids[part]!])),
      sources: behaviour.sources,
      commit,
    }))
  const paces = new Map(due.map((run) => [runLabel(runName(run)), startingPace(run, seconds(run) / threads, options.maxEpochs)]))
  progress.overall(() => describeAll([...paces.values()], parallel))
  const failed = await runJobs(jobs, parallel, {
    onStart: progress.start,
    onEvent: (job, event) => {
      keepPace(paces.get(runLabel(job.run))!, event)
      progress.event(job, event)
    },
    onRestart: (job, reason) => progress.log(`${runLabel(job.run)}: ${reason}\n  started again from its checkpoint`),
  })
  if (failed.length)
    progress.log(
      `${failed.length} of ${due.length} ${plural} failed, see above: ${failed.map(({ run }) => runLabel(run)).join(', ')}`,
    )
  await analyse(resultsDir, progress.log, new Set(due.map((run) => run.protocol.name)))
  return failed.length
}

const epochsToExpect = ({ experiment, protocol }: PlannedRun, maxEpochs = Infinity): number =>
  Math.min(expectedEpochs(experiment, protocol), maxEpochs)

const startingPace = (run: PlannedRun, estimated: number, maxEpochs?: number): JobPace => ({
  estimated,
  expectedEpochs: epochsToExpect(run, maxEpochs),
  epochsDone: 0,
  finished: false,
})

function keepPace(pace: JobPace, event: JobEvent): void {
  if (event.kind === 'resumed') pace.epochsDone = event.epoch
  if (event.kind === 'epoch') Object.assign(pace, { epochsDone: event.row.epoch, epochSeconds: event.seconds })
  if (event.kind === 'done' || event.kind === 'failed') Object.assign(pace, { finished: true, failed: event.kind === 'failed' })
}

function describeAll(paces: JobPace[], parallel: number): string {
  const [finished, failed] = [paces.filter((pace) => pace.finished).length, paces.filter((pace) => pace.failed).length]
  const left = finished < paces.length ? `, about ${formatDuration(timeLeft(paces, parallel))} left` : ''
  const runs = paces.length === 1 ? 'run' : 'runs'
  return `${finished - failed} of ${paces.length} ${runs} done${failed ? `, ${failed} failed` : ''}${left}`
}

function isDue(
  run: PlannedRun,
  { verdict, reasons, record }: Verdict,
  { continue: goOn, maxEpochs = Infinity }: Pick<TrainOptions, 'continue' | 'maxEpochs'>,
  log: (line: string) => void,
): boolean {
  // A run that used up its protocol's epochs has nothing to go on with; one that used up those that are asked for, nothing to do.
  const stopped = record?.status === 'stopped-at-budget' && record.epochs < run.protocol.maxEpochs
  const goesOn = goOn && stopped && record.epochs < maxEpochs
  const name = runLabel(runName(run))
  if (verdict !== 'fresh') log(`${name}: ${verdict}: ${reasons.join('; ')}`)
  else if (!stopped) log(`${name}: fresh`)
  else if (goesOn) log(`${name}: goes on after ${record.epochs} epochs`)
  else log(`${name}: fresh (stopped at its budget of ${record.epochs} epochs${goOn ? '' : '; --continue goes on'})`)
  return verdict !== 'fresh' || goesOn
}

const longest = (runs: PlannedRun[]) => runs.toSorted((a, b) => estimateSeconds(b, 'native') - estimateSeconds(a, 'native'))[0]!

function describeChoice({ name, reason }: EngineChoice): string {
  const choice = `engine: ${name} (${reason})`
  return name === 'native' ? choice : `${choice}\n  It trains ${aboutPortable}.`
}

function refuseWhatTakesLong(runs: PlannedRun[], engine: EngineChoice, options: TrainOptions): void {
  if (engine.name !== 'portable') return
  const tooLong = runs.filter((run) => estimateSeconds(run, 'portable', options.maxEpochs) > portableLimit)
  if (tooLong.length === 0) return
  const [first] = tooLong
  throw new CannotTrainError(
    `${runLabel(runName(first!))} would take about ${formatDuration(estimateSeconds(first!, 'portable', options.maxEpochs))} on the portable engine, ` +
      `which takes no more than an hour unasked (${trainCommandOf(runName(first!))} asks). The native engine is not used because: ${engine.reason}`,
  )
}
