import { Command } from 'commander'
import { resultsFolder } from '../commands/context.ts'
import { runProgram } from '../commands/run-program.ts'
import { writeBenchRecord } from '../results/bench-record.ts'
import { describeMachine } from './machine.ts'
import { measureSite } from './site.ts'

const out = ['--out <dir>', 'the results folder (default: content/results, or RESULTS_DIR)'] as const
const program = new Command('bench')
  .description('Measures how fast this project is. Leave the machine alone while it runs.')
  .exitOverride()
  .showHelpAfterError('(--help shows what there is)')

program
  .command('site')
  .description('how long the build of the site takes')
  .option('--quick', 'one round, and no record: for a try', false)
  .option(...out)
  .action(async ({ quick, out: folder }: { quick: boolean; out?: string }) => {
    const [machine, begin, start] = [describeMachine(), performance.now(), new Date().toISOString()]
    const rounds = quick ? 1 : 5
    const measurement = await measureSite(rounds, () => console.log('built'))
    const minutes = (performance.now() - begin) / 60_000
    const common = { schemaVersion: 1, kind: 'site', start, minutes, quick, machine, dataset: null } as const
    const record = { ...common, versions: {}, measurements: [measurement] }
    console.log(measurement.rounds.map(({ ours }) => `${ours!.toFixed(1)} s`).join(', '))
    if (!quick || folder) console.log(writeBenchRecord(resultsFolder(folder), record))
  })

await runProgram(program, 'stopped; nothing was written')
