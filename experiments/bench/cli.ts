import { Command, InvalidArgumentError } from 'commander'
import { resultsFolder } from '../commands/context.ts'
import { runProgram } from '../commands/run-program.ts'
import { writeBenchRecord } from '../results/bench-record.ts'
import { peerNames, type PeerName } from './contender.ts'
import { describeMachine } from './machine.ts'
import { describeBench } from './print-table.ts'
import { measurePortable } from './portable.ts'
import { measureSite } from './site.ts'
import { measureAll } from './speed.ts'

function peerList(text: string): PeerName[] {
  const names = text.split(',')
  const unknown = names.find((name) => !peerNames.includes(name as PeerName))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`there is no ${unknown || 'peer without a name'}; there are: ${peerNames.join(', ')}.`)
  return peerNames.filter((name) => names.includes(name))
}

const out = ['--out <dir>', 'the results folder (default: content/results, or RESULTS_DIR)'] as const
const program = new Command('bench')
  .description('Measures how fast this project is. Leave the machine alone while it runs.')
  .exitOverride()
  // --quick and --out behind a command are that command's.
  .enablePositionalOptions()
  .showHelpAfterError('(--help shows what there is)')
  .usage('[options] [command]')
  .option(
    '--against <peers>',
    'libraries to compare with, such as keras,jax,pytorch; they are installed from PyPI, PyTorch takes 5 GB',
    peerList,
    [],
  )
  .option('--quick', 'two short rounds of everything, and no record unless --out says where: for a try', false)
  .option(...out)
  .action(async ({ against, quick, out: folder }: { against: PeerName[]; quick: boolean; out?: string }) => {
    const record = await measureAll(against, quick)
    console.log(describeBench(record))
    if (!quick || folder) console.log(writeBenchRecord(resultsFolder(folder), record))
  })

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

program
  .command('portable')
  .description("a training step of the portable engine beside tfjs' own on WebAssembly")
  .option('--quick', 'two rounds, and no record: for a try', false)
  .option(...out)
  .action(async ({ quick, out: folder }: { quick: boolean; out?: string }) => {
    const [machine, begin, start] = [describeMachine(), performance.now(), new Date().toISOString()]
    const measurements = await measurePortable(quick ? 2 : 15, (summary) => console.log(summary))
    const minutes = (performance.now() - begin) / 60_000
    const record = { schemaVersion: 1, kind: 'portable', start, minutes, quick, machine, dataset: null, versions: {} } as const
    if (!quick || folder) console.log(writeBenchRecord(resultsFolder(folder), { ...record, measurements }))
  })

await runProgram(program, 'stopped; nothing was written')
