import { experiments, mainSeed, plannedRuns, protocols } from '../catalogue.ts'
import { parameterCount } from '../models/layers.ts'
import { judgeRun } from '../results/freshness.ts'
import { recordPath, runLabel } from '../results/read-results.ts'
import { currentBehaviour } from '../runs/behaviour/current-behaviour.ts'
import { estimateSeconds, formatDuration } from '../runs/estimate.ts'
import { planRun, trainCommandOf } from '../runs/plan.ts'
import { resultsFolder, runsRequiredBySite } from './context.ts'

/** One job per run of the report, in the order in which to train them, each with the one command that makes its one record. */
function jobs() {
  const required = new Set(runsRequiredBySite().map((run) => recordPath('', run)))
  return plannedRuns.map((run) => ({
    id: runLabel(run).replaceAll('/', '-'),
    ...run,
    required: required.has(recordPath('', run)),
    command: trainCommandOf(run),
    record: recordPath('', run),
    estimatedSeconds: Math.round(estimateSeconds(planRun(run), 'native')),
  }))
}

/**
 * What there is to train; as JSON on one line for schedulers.
 * @param due only runs whose record is missing or not fresh
 */
export async function listCommand({ json, due, out }: { json: boolean; due: boolean; out?: string }): Promise<void> {
  const resultsDir = resultsFolder(out)
  const behaviour = due ? (await currentBehaviour(resultsDir)).ids : {}
  const runs = jobs().filter((run) => !due || judgeRun(resultsDir, planRun(run), behaviour).verdict !== 'fresh')
  const described = experiments.map(({ name, title, layers, augmented }) => ({
    name,
    title,
    augmented,
    parameters: parameterCount(layers),
  }))
  const named = protocols.map((protocol) => ({ name: protocol.name, summary: protocol.summary, mainSeed: mainSeed(protocol) }))
  if (json) return console.log(JSON.stringify({ experiments: described, protocols: named, runs }))
  const width = Math.max(...[...described, ...named].map(({ name }) => name.length))
  console.log('experiments')
  for (const e of described) console.log(`  ${e.name.padEnd(width)}  ${e.title}, ${e.parameters.toLocaleString('en')} parameters`)
  console.log('protocols')
  for (const p of named) console.log(`  ${p.name.padEnd(width)}  ${p.summary}`)
  const total = formatDuration(runs.reduce((sum, run) => sum + run.estimatedSeconds, 0))
  if (due) {
    console.log(`${runs.length} runs are missing or not fresh (about ${total} on one thread; train --planned takes them all)`)
    for (const run of runs) console.log(`  ${run.command}`)
  } else {
    const needed = runs.filter((run) => run.required).length
    console.log(`${runs.length} runs in the whole report (about ${total} on one thread), of which the site needs ${needed}`)
    console.log('  npm run experiments -- train --planned     trains those that are missing or not fresh; list --due names them')
  }
}
