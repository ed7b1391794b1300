import { existsSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { currentBehaviour } from './runs/behaviour/current-behaviour.ts'
import { plannedRuns } from './catalogue.ts'
import { analyse } from './commands/analyse.ts'
import { isCI, resultsFolder } from './commands/context.ts'
import { engineCommand } from './commands/engine.ts'
import { listCommand } from './commands/list.ts'
import { refreshCommand } from './commands/refresh.ts'
import { exitSaying, runProgram } from './commands/run-program.ts'
import {
  analysisStatuses,
  describeAnalysis,
  describeStatus,
  requiredAnalysesDue,
  runStatuses,
  writeStatusForSite,
} from './commands/status.ts'
import { trainCommand } from './commands/train.ts'
import { verifyCommand } from './commands/verify.ts'
import { withoutStartupNoise } from './commands/without-startup-noise.ts'
import { parseSeedList, SeedListError } from './results/seed-list.ts'
import { planRun, planRuns, UsageError, type PlannedRun } from './runs/plan.ts'

const wholeNumber = (text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('it must be a whole number, 1 or more.')
  return Number(text)
}
/** Node's timers hold milliseconds in 31 bits, and go off at once beyond. */
const mostMinutes = Math.floor((2 ** 31 - 1) / 60_000)
const minutes = (text: string): number => {
  if (!(Number(text) > 0 && Number(text) <= mostMinutes))
    throw new InvalidArgumentError(`it must be a number above 0, and at most ${mostMinutes}: no timer holds more.`)
  return Number(text)
}
const seedList = (text: string): number[] => {
  try {
    return parseSeedList(text)
  } catch (error) {
    if (!(error instanceof SeedListError)) throw error
    throw new InvalidArgumentError(`${error.message} Seeds are whole numbers and ranges with commas between, such as 1,3-5.`)
  }
}

interface TrainFlags {
  protocol?: string
  seeds?: number[]
  maxEpochs?: number
  jobs?: number
  threads?: number
  planned: boolean
  nth?: number
  maxMinutes?: number
  continue: boolean
  out?: string
}

/** `sysexits.h`: try again later. */
const notDone = 75

const kept = 'every epoch that was finished is kept, and the same command goes on from there'

const timeIsUp = () => exitSaying(`time is up; ${kept}`, notDone)

function chooseRuns(names: string[], { planned, nth, protocol, seeds }: TrainFlags): PlannedRun[] {
  if (!planned && nth === undefined) return planRuns(names, protocol ?? 'corrected', seeds)
  if (names.length || protocol !== undefined || seeds || (planned && nth !== undefined))
    throw new UsageError(
      '--planned and --nth each take runs of the report by themselves: name no experiments, protocol or seeds with them',
    )
  if (nth === undefined) return plannedRuns.map(planRun)
  const run = plannedRuns[nth - 1]
  if (!run) throw new UsageError(`there is no run ${nth}: the report has ${plannedRuns.length}`)
  return [planRun(run)]
}

const out = ['--out <dir>', 'the results folder (default: content/results, or RESULTS_DIR)'] as const
const program = new Command('experiments')
  .description(
    "Trains the report's networks and keeps their records. The data set is taken from KMNIST_DIR, the cache, or its official address.",
  )
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('(--help shows what there is)')

program
  .command('list')
  .description('experiments, protocols and the runs that the site needs')
  .option('--json', 'one job per run, on one line, for schedulers', false)
  .option('--due', 'only planned runs (plannedRuns in experiments/catalogue.ts) whose record is missing or not fresh', false)
  .option(...out)
  .action(listCommand)

program
  .command('train')
  .description(
    'train runs that are missing or stale (a fresh one anew: --out elsewhere); a run that was interrupted goes on from its last epoch',
  )
  .argument('[experiments...]', 'their names (default: all)')
  .option('--protocol <name>', 'how to train and score (default: corrected)')
  .option(
    '--seeds <list>',
    "numbers and ranges, for example 2-8 or 1,3-5 (default: the protocol's main seed, of which alone weights are kept)",
    seedList,
  )
  .option(
    '--max-epochs <n>',
    'stop after so many epochs: the record says so and counts as fresh; --continue goes on with it',
    wholeNumber,
  )
  .option('--jobs <n>', 'runs at a time, each in a process of its own (default: as many as cores)', wholeNumber)
  .option(
    '--threads <n>',
    'threads of each run (default: the cores shared out; the portable engine has one); another number moves the results',
    wholeNumber,
  )
  .option(
    '--nth <n>',
    'the nth of plannedRuns (experiments/catalogue.ts), for job arrays, instead of the ones named',
    wholeNumber,
  )
  .option('--max-minutes <n>', 'stop after so many minutes, keeping every finished epoch; exit code 75 if not done', minutes)
  .option('--planned', 'every run of plannedRuns (experiments/catalogue.ts), in its order, instead of the ones named', false)
  .option('--continue', 'go on with runs that stopped at their budget', false)
  .option(...out)
  .action(async (names: string[], options: TrainFlags) => {
    const runs = chooseRuns(names, options)
    if (options.maxMinutes) setTimeout(timeIsUp, options.maxMinutes * 60_000).unref()
    process.exitCode =
      (await trainCommand({ ...options, inOrder: options.planned, runs, resultsDir: resultsFolder(options.out) })) > 0 ? 1 : 0
  })

program
  .command('status')
  .description('whether each record is what training it now would give')
  .option('--json', 'the runs, for programs', false)
  .option(
    '--for-site',
    'write the verdicts where the site reads them; with CI set, a required run that is not fresh is an error',
    false,
  )
  .option(...out)
  .action(async (options) => {
    const resultsDir = resultsFolder(options.out)
    const runs = runStatuses(resultsDir, (await currentBehaviour(resultsDir)).ids)
    const analyses = analysisStatuses(resultsDir)
    const lines = [
      ...runs.map(describeStatus),
      // Here nothing is about to make them.
      ...analyses.map((one) => describeAnalysis(one) + (one.reasons.length ? ' (npm run experiments -- analyse)' : '')),
    ]
    console.log(options.json ? JSON.stringify(runs, null, 2) : lines.join('\n'))
    if (!options.forSite) return
    writeStatusForSite(resultsDir, runs)
    const due = [...runs.filter((run) => run.required && run.verdict !== 'fresh'), ...requiredAnalysesDue(analyses)]
    if (due.length === 0 || !isCI()) return
    console.error(`${due.length} required runs or analyses are not fresh, and CI is set`)
    process.exitCode = 1
  })

program
  .command('analyse')
  .description(
    'make what is derived from records and weights on the data set: tests of pairs of runs, shifts, activations, baselines',
  )
  .option(...out)
  .action(async (options) => {
    const resultsDir = resultsFolder(options.out)
    if (!existsSync(resultsDir)) throw new UsageError(`there is no folder ${resultsDir}`)
    const { tested, left } = await analyse(resultsDir, console.log)
    console.log(
      `runs tested against each other: ${tested.join(', ') || 'none, for no two with predictions share protocol and seed'}`,
    )
    if (left.length) process.exitCode = 1
  })

program
  .command('verify')
  .description(
    're-read every record, recompute its metrics from its predictions and, where data set and native engine are here, score its weights anew',
  )
  .option(...out)
  .action(async (options) => {
    process.exitCode = await withoutStartupNoise(() => verifyCommand(resultsFolder(options.out)))
  })

program
  .command('refresh')
  .description('make every run that the site needs fresh (npm run build begins with it)')
  .option('--for-site', 'then write the verdicts where the site reads them, as status does', false)
  .option(...out)
  .action(async (options) => {
    process.exitCode = await refreshCommand(resultsFolder(options.out), options.forSite)
  })

program
  .command('engine')
  .description(
    'put the native engine in place: downloads TensorFlow (274 MB) and compiles; train does so too unless KUZUSHIJI_ENGINE=portable',
  )
  .option('--check', 'only say which engine would be used, why, and how fast it is', false)
  .action(async (options) => {
    process.exitCode = await engineCommand(options)
  })

const trains = ['train', 'refresh'].includes(process.argv[2]!)
await runProgram(program, trains ? `stopped; ${kept}` : 'stopped')
