import { experiments, mainSeed, protocols } from '../catalogue.ts'
import { parameterCount } from '../models/layers.ts'
import { recordPath } from '../results/read-results.ts'
import { estimateSeconds } from '../runs/estimate.ts'
import { planRun } from '../runs/plan.ts'
import { runsRequiredBySite } from './context.ts'

/** What there is to train. As JSON: one job per run, with the one command that makes its one record. */
export function listCommand({ json }: { json: boolean }): void {
  const runs = runsRequiredBySite().map((run) => ({
    ...run,
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
  console.log('runs that the site needs')
  for (const run of runs) console.log(`  ${run.command}`)
}
