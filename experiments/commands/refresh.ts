import { NoDatasetError } from '../runs/load-dataset.ts'
import { formatDuration, estimateSeconds } from '../runs/estimate.ts'
import { currentBehaviour, type CurrentBehaviour } from '../runs/behaviour/current-behaviour.ts'
import { planRun } from '../runs/plan.ts'
import { analyse } from './analyse.ts'
import { isCI } from './context.ts'
import {
  analysisStatuses,
  describeAnalysis,
  describeStatus,
  requiredAnalysesDue,
  runStatuses,
  type RunStatus,
  writeStatusForSite,
} from './status.ts'
import { CannotTrainError, trainCommand } from './train.ts'

/**
 * Makes every required run and analysis fresh before the site is built; in CI, where nothing trains unasked, says what isn't.
 * @param forSite whether to write the verdicts for the site once all is fresh: a second process that judges the runs anew costs a second
 * @returns the exit code
 */
export async function refreshCommand(resultsDir: string, forSite: boolean): Promise<number> {
  const behaviour = await currentBehaviour(resultsDir)
  const before = runStatuses(resultsDir, behaviour.ids)
  const required = before.filter((run) => run.required)
  const due = required.filter((run) => run.verdict !== 'fresh')
  if (due.length === 0) console.log(`all ${required.length} required runs are fresh`)
  else if (!(await refreshRuns(due, resultsDir, behaviour))) return 1
  if (!(await refreshAnalyses(resultsDir))) return 1
  if (forSite) writeStatusForSite(resultsDir, due.length ? runStatuses(resultsDir, behaviour.ids) : before)
  return 0
}

/** Whether the runs due are trained, and without error. */
async function refreshRuns(due: readonly RunStatus[], resultsDir: string, behaviour: CurrentBehaviour): Promise<boolean> {
  console.log(due.map(describeStatus).join('\n'))
  if (isCI()) {
    console.error(
      `${due.length} required runs are not fresh, and with CI set nothing is trained: train them (without CI npm run build does), then commit the records`,
    )
    return false
  }
  const runs = due.map(planRun)
  const seconds = runs.reduce((sum, run) => sum + estimateSeconds(run, 'native'), 0)
  console.log(`training them takes about ${formatDuration(seconds)} on one thread of the native engine`)
  try {
    return (await trainCommand({ runs, resultsDir, judgedUnder: behaviour, continue: false, refuseSlow: true })) === 0
  } catch (error) {
    if (!(error instanceof CannotTrainError || error instanceof NoDatasetError)) throw error
    console.error(`${due.length === 1 ? 'this run' : `these ${due.length} runs`} can't be trained here: ${error.message}`)
    console.error('npm run build:site builds the site with the records there are, and says on its pages what is stale or missing')
    return false
  }
}

/** The same for the analyses of those runs and of the data set, which take seconds to minutes. */
async function refreshAnalyses(resultsDir: string): Promise<boolean> {
  const due = requiredAnalysesDue(analysisStatuses(resultsDir))
  if (due.length === 0) return true
  console.log(due.map(describeAnalysis).join('\n'))
  if (isCI()) {
    console.error(`${due.length} analyses are not fresh, and CI is set: npm run experiments -- analyse, then commit them`)
    return false
  }
  try {
    await analyse(resultsDir, console.log, new Set(due.map(({ protocol }) => protocol)))
  } catch (error) {
    if (!(error instanceof NoDatasetError)) throw error
    console.error(`the analyses can't be made here: ${error.message}`)
  }
  if (requiredAnalysesDue(analysisStatuses(resultsDir)).length === 0) return true
  console.error('npm run build:site builds the site without them, and says on its pages what is missing')
  return false
}
