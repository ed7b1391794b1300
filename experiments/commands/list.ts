import { experiments, mainSeed, plannedRuns, protocols } from '../catalogue.ts'
import { parameterCount } from '../models/layers.ts'
import { judgeRun } from '../results/freshness.ts'
import { recordPath, runLabel } from '../results/read-results.ts'
import { currentBehaviour } from '../runs/behaviour/current-behaviour.ts'
import { estimateSeconds, formatDuration } from '../runs/estimate.ts'
import { planRun, trainCommandOf } from '../runs/plan.ts'
import { resultsFolder, runsRequiredBySite } from './context.ts'

/** A word of a command as a POSIX shell takes it. */
const shellWord = (word: string) => (/^[\w/.:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

/**
 * One job per run of the report, in the order in which to train them, each with the one command that makes its one record.
 * @param into what a command needs that the record come into the folder listed
 */
function jobs(into: string) {
  const required = new Set(runsRequiredBySite().map((run) => recordPath('', run)))
  return plannedRuns.map((run) => ({
    id: runLabel(run).replaceAll('/', '-'),
    ...run,
    required: required.has(recordPath('', run)),
    command: trainCommandOf(run) + into,
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
  // Absolute: npm runs a command in the project's folder, wherever it is called.
  const into = out === undefined ? '' : ` --out ${shellWord(resultsDir)}`
  const runs = jobs(into).filter((run) => !due || judgeRun(resultsDir, planRun(run), behaviour).verdict !== 'fresh')
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
    console.log(
      `${runs.length} runs are missing or not fresh (about ${total} on one thread; train --planned${into} takes them all)`,
    )
    for (const run of runs) console.log(`  ${run.command}`)
  } else {
    const needed = runs.filter((run) => run.required).length
    console.log(`${runs.length} runs in the whole report (about ${total} on one thread), of which the site needs ${needed}`)
    console.log(
      `  npm run experiments -- train --planned${into}     trains those that are missing or not fresh; list --due names them`,
    )
  }
}
