import { experiments, mainSeed, plannedRuns, protocols } from '../catalogue.ts'
import { parameterCount } from '../models/layers.ts'
import { recordPath } from '../results/read-results.ts'
import { estimateSeconds, formatDuration } from '../runs/estimate.ts'
import { planRun } from '../runs/plan.ts'
import { runsRequiredBySite } from './context.ts'

/** What there is to train. As JSON: one job per run of the report, with the one command that makes its one record. */
export function listCommand({ json }: { json: boolean }): void {
  const required = new Set(runsRequiredBySite().map((run) => recordPath('', run)))
  const runs = plannedRuns.map((run) => ({
    ...run,
    required: required.has(recordPath('', run)),
    command: `npm run experiments -- train ${run.experiment} --protocol ${run.protocol} --seeds ${run.seed}`,
    record: recordPath('', run),
    estimatedSeconds: Math.round(estimateSeconds(planRun(run), 'native')),
  }))
  const described = experiments.map(({ name, title, layers, augmented }) => ({
    name,
    title,
    augmented,
    parameters: parameterCount(layers),
  }))
  const named = protocols.map((protocol) => ({ name: protocol.name, summary: protocol.summary, mainSeed: mainSeed(protocol) }))
  if (json) return console.log(JSON.stringify({ experiments: described, protocols: named, runs }, null, 2))
  const width = Math.max(...[...described, ...named].map(({ name }) => name.length))
  console.log('experiments')
  for (const e of described) console.log(`  ${e.name.padEnd(width)}  ${e.title}, ${e.parameters.toLocaleString('en')} parameters`)
  console.log('protocols')
  for (const p of named) console.log(`  ${p.name.padEnd(width)}  ${p.summary}`)
  const total = runs.reduce((sum, run) => sum + run.estimatedSeconds, 0)
  console.log(
    `runs: ${runs.length} in the whole report (about ${formatDuration(total)} on one thread; train --planned), of which the site needs`,
  )
  for (const run of runs.filter((r) => r.required)) console.log(`  ${run.command}`)
}
