import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { resultsFolder } from '../commands/context.ts'
import { runProgram } from '../commands/run-program.ts'
import { writeBenchRecord } from '../results/bench-record.ts'
import { writeAtomically } from '../results/write-atomically.ts'
import { peerNames, type PeerName } from './contender.ts'
import { describeMachine } from './machine.ts'
import { describeBench } from './print-table.ts'
import { measurePortable } from './portable.ts'
import { sitePeerNames, type SitePeerName } from './site-peers.ts'
import { describeProfiles, measureProfiles, profiledPeers } from './profile.ts'
import { measureSite } from './site.ts'
import { measureAll } from './speed.ts'

interface CommonFlags {
  quick: boolean
  out?: string
}

/** What a command of its own measures, as a record. */
async function measureAs<Kind extends string, Measured extends object>(
  kind: Kind,
  quick: boolean,
  measure: () => Promise<Measured>,
) {
  const [machine, begin, start] = [describeMachine(), performance.now(), new Date().toISOString()]
  const measured = await measure()
  return {
    schemaVersion: 1 as const,
    kind,
    start,
    minutes: (performance.now() - begin) / 60_000,
    quick,
    machine,
    dataset: null,
    ...measured,
  }
}

/**
 * Where a record will be kept, found before anything is measured: writing to it is tried. A trial's without a place of its own is not kept.
 * @throws naming the folder that can't be written to
 */
function placeFor({ quick, out: folder }: CommonFlags): string | null {
  if (quick && folder === undefined) return null
  const place = resultsFolder(folder)
  const probe = join(place, '.writable')
  writeAtomically(probe, '')
  rmSync(probe)
  return place
}

const keep = (record: Parameters<typeof writeBenchRecord>[1], place: string | null): void => {
  if (place !== null) console.log(writeBenchRecord(place, record))
}

/** Reads a list of peers such as keras,jax, each of which must be among `known`. */
const listOf =
  <Name extends string>(known: readonly Name[]) =>
  (text: string): Name[] => {
    const names = text.split(',')
    const unknown = names.find((name) => !known.includes(name as Name))
    if (unknown !== undefined)
      throw new InvalidArgumentError(`there is no ${unknown || 'peer without a name'}; there are: ${known.join(', ')}.`)
    return known.filter((name) => names.includes(name))
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
    listOf(peerNames),
    [],
  )
  .option('--quick', 'two short rounds of everything, and no record unless --out says where: for a try', false)
  .option(...out)
  .action(async ({ against, ...flags }: CommonFlags & { against: PeerName[] }) => {
    const place = placeFor(flags)
    const record = await measureAll(against, flags.quick)
    console.log(describeBench(record))
    keep(record, place)
  })

program
  .command('site')
  .description('how long the build of the site takes')
  .option(
    '--against <peers>',
    'site generators to compare with, building as many pages and figures: framework,myst; they are installed from npm',
    listOf(sitePeerNames),
    [],
  )
  .option('--quick', 'one round, and no record unless --out says where: for a try', false)
  .option(...out)
  .action(async ({ against, ...flags }: CommonFlags & { against: SitePeerName[] }) => {
    const place = placeFor(flags)
    const record = await measureAs('site', flags.quick, async () => {
      const log = (line: string) => console.log(line)
      const { measurement, versions } = await measureSite({ rounds: flags.quick ? 1 : 5, peers: against, log })
      return { versions, measurements: [measurement] }
    })
    console.log(`\n${describeBench(record)}`)
    keep(record, place)
  })

program
  .command('portable')
  .description("a training step of the portable engine beside tfjs' own on WebAssembly")
  .option('--quick', 'two rounds, and no record unless --out says where: for a try', false)
  .option(...out)
  .action(async (flags: CommonFlags) => {
    const place = placeFor(flags)
    const record = await measureAs('portable', flags.quick, async () => ({
      versions: {},
      measurements: await measurePortable(flags.quick ? 2 : 15, (summary) => console.log(summary)),
    }))
    keep(record, place)
  })

program
  .command('profile')
  .description('where the time of a training step goes: in which of oneDNN’s primitives, and outside of them')
  .option('--against <peers>', 'keras is profiled beside: the same library computes for it', listOf(profiledPeers), [])
  .option('--quick', 'one short round, and no record unless --out says where: for a try', false)
  .option(...out)
  .action(async ({ against, ...flags }: CommonFlags & { against: (typeof profiledPeers)[number][] }) => {
    const place = placeFor(flags)
    const record = await measureAs('profile', flags.quick, () => measureProfiles(against, flags.quick, console.log))
    console.log(`\n${describeProfiles(record)}`)
    keep(record, place)
  })

await runProgram(program, 'stopped; nothing was written')
