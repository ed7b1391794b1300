import { deviation, extent, group, mean } from 'd3-array'
import { describeLayers, parameterCount } from '../../experiments/models/layers.ts'
import {
  allTogether,
  auditProtocols,
  auditRates,
  auditedNetworks,
  criterionCost,
  gainAtEqualUpdates,
  neverStopped,
  rateCost,
  ruleCost,
  type AuditProtocol,
  type Cost,
} from '../data/reproduction/protocol-audit.ts'
import { testAccuracy } from '../data/measures.ts'
import { printedGain } from '../data/reproduction/full-steps.ts'
import { gainEpochs, rateCuts } from '../data/reproduction/rate-cut.ts'
import { experimentData, type SiteData } from '../data/site-data.ts'
import { unitOf, writeInterval, writeNumber } from '../data/write-number.ts'
import { withProtocol } from '../data/with-protocol.ts'
import type { Cell, TableMaker } from './table-data.ts'

const points = (value: number) => writeNumber(value, 'points') + unitOf('points')
/** Too few for an interval: each of them. */
const fewRuns = (values: readonly number[]): string =>
  values.length === 1 ? ', one run' : ` (seeds: ${values.map((value) => writeNumber(value, 'points')).join(', ')})`
const written = (cost: Cost): string =>
  points(cost.value) + (cost.interval ? ` (${writeInterval(cost.interval, 'points')})` : fewRuns(cost.values))

/** Parts that are known, a line each; null while none is. */
function lines(parts: readonly (string | null)[]): string | null {
  const found = parts.filter((part) => part !== null)
  return found.length ? found.join('\n') : null
}

const titleOf = (data: SiteData, name: string) => experimentData(data, name).experiment.title

/** What is known of either network, and which was not run; null while neither was. */
function perNetwork(data: SiteData, of: (name: string) => (string | null)[]) {
  const parts = auditedNetworks.map((name) => ({ title: titleOf(data, name), found: of(name) }))
  if (parts.every(({ found }) => found.length === 0)) return null
  return lines(
    parts.flatMap(({ title, found }) => (found.length ? found : ['not run yet']).map((part) => part && `${title} ${part}`)),
  )
}

/** What a choice of the epoch costs at either rate, in words; where training had not come to an end, no choice was to be made. */
function byRate(data: SiteData, costAt: (protocol: AuditProtocol, name: string) => string | null): Cell {
  const endless: string[] = []
  const costs = perNetwork(data, (name) =>
    auditProtocols.flatMap((protocol) => {
      const cost = costAt(protocol, name)
      if (cost === null) return []
      if (!neverStopped(data, protocol, name)) return [`${auditRates[protocol]}: ${cost}`]
      endless.push(`${titleOf(data, name)} ${auditRates[protocol]}`)
      return [null]
    }),
  )
  return lines([costs, endless.length ? `${endless.join(', ')}: still learning at the last epoch, nothing to choose` : null])
}

/** What the original's own rule gives by going by the test set, and the most that any choice by it could. */
function testChoice(data: SiteData, protocol: AuditProtocol, name: string): string | null {
  const [rule, most] = [ruleCost(data, protocol, name), criterionCost(data, protocol, name, 'test', 'validation')]
  const found = [rule && `by the original’s rule ${written(rule)}`, most && `by the highest accuracy ${written(most)}`]
  const gains = found.filter((part) => part !== null)
  return gains.length ? `gain ${gains.join(', ')}` : null
}

function lastWeights(data: SiteData, protocol: AuditProtocol, name: string): string | null {
  const cost = criterionCost(data, protocol, name, 'validation', 'last')
  return cost && written(cost)
}

/** What a network still gained before the rule first cut its rate under the original's protocol, and what after. */
function aroundCut(data: SiteData): Cell {
  const byName = group(rateCuts(data), ({ experiment }) => experiment)
  const found = [...byName].map(([name, cuts]) => {
    const gained = mean(cuts, (cut) => cut.before)
    const before = gained === undefined ? '–' : writeNumber(gained, 'points')
    const of = cuts.length === 1 ? 'one run' : `mean of ${cuts.length} runs`
    const [least, most] = extent(cuts, (cut) => cut.afterEpochs) as [number, number]
    const epochs = least === most ? `${least}` : `${least} to ${most}`
    return `${titleOf(data, name)}: ${before} before; ${points(mean(cuts, (cut) => cut.after)!)} after, in ${epochs} epochs (${of})`
  })
  return found.length
    ? lines([
        `not a cost but what was gained in the ${gainEpochs} epochs before the first cut, and from it to the end:`,
        ...found,
      ])
    : null
}

function seeds(data: SiteData): Cell {
  const view = withProtocol(data, 'corrected')
  return lines(
    view.experiments.map(({ experiment, runs }) => {
      const between = deviation(runs, testAccuracy)
      return between === undefined ? null : `${experiment.title}: standard deviation ${points(between)}, ${runs.length} seeds`
    }),
  )
}

/** A gain of augmentation beside a plain network, in words. */
const change = (gain: number) => `${points(Math.abs(gain))} ${gain < 0 ? 'lower' : 'higher'}`

/** The gain that the original prints, and its augmented network beside plain ones of ours that made no more full steps. */
function printedGains(data: SiteData, name: string): string | null {
  const found = printedGain(data, name)
  return (
    found &&
    `${titleOf(data, name)}, as printed: with augmentation ${change(found.inAll)} than its own plain network, and ${change(found.besidePlain)} than our plain one after no more full steps`
  )
}

function equalUpdates(data: SiteData): Cell {
  return lines([
    ...auditedNetworks.map((name) => printedGains(data, name)),
    ...auditedNetworks.map((name) => {
      const found = gainAtEqualUpdates(data, `${name}-augmented`, name)
      if (!found) return null
      const end =
        found.stoppedAt === null ? 'at its end' : `by epoch ${writeNumber(found.stoppedAt, 'count')}, stopped at its budget`
      return `${titleOf(data, name)}, under the original’s protocol: with augmentation ${change(found.atEqual)} than without at equal updates, ${change(found.atEnd)} ${end}`
    }),
  ])
}

const runsEach = ({ ours, theirs }: { ours: number; theirs: number }) =>
  `${ours} ${ours === 1 ? 'run' : 'runs'} of ours, ${theirs} of the original’s protocol`

/** Share of the second convolution's kernels that a figure of one input channel shows. */
const channelsShown = (data: SiteData) => {
  const convolutions = describeLayers(experimentData(data, 'cnn').experiment.layers).filter(
    ({ layer }) => layer.kind === 'conv2d',
  )
  return 1 / convolutions[1]!.weights[0]!.shape[2]!
}

/** How far a shear by 0.1 of a degree moves a pixel at the image's edge, 14 pixels from the centre. */
const shearedBy = (degrees: number) => 14 * Math.sin((degrees * Math.PI) / 180)

const size = (data: SiteData, name: string) => parameterCount(experimentData(data, name).experiment.layers)

/** Every choice of the original's that ours makes otherwise or would: its measured cost, and ours. */
const choices: { choice: string; cost: (data: SiteData) => Cell; ours: string }[] = [
  {
    choice: 'Rate 0.001',
    cost: (data) =>
      perNetwork(data, (name) => {
        const cost = rateCost(data, name)
        return cost ? [`${written(cost)} in 100 epochs`] : []
      }),
    ours: 'Rate 1.0, which leaves Adadelta’s step as published',
  },
  {
    choice: 'Rate cut after five epochs without a loss 0.0001 lower',
    cost: aroundCut,
    ours: 'The same rule on the accuracy of the validation images, at rate 1.0',
  },
  {
    choice: 'Epoch chosen on the test set',
    cost: (data) => byRate(data, (protocol, name) => testChoice(data, protocol, name)),
    ours: '5,000 validation images out of the training set choose',
  },
  {
    choice: 'Last weights scored',
    cost: (data) => byRate(data, (protocol, name) => lastWeights(data, protocol, name)),
    ours: 'Those of the highest validation accuracy',
  },
  { choice: 'One seed', cost: seeds, ours: 'Several seeds, each shown' },
  {
    choice: 'Pooling and size changed together',
    cost: (data) =>
      `not measured yet: the network without pooling has ${writeNumber(size(data, 'cnn-no-pooling') / size(data, 'cnn'), 'factor')} times the parameters`,
    ours: 'The same two networks; the comparison is said to be of both',
  },
  {
    choice: 'Shear in degrees',
    cost: () => `no run varies it; by geometry about ${shearedBy(0.1).toFixed(2)} of a pixel at the edge`,
    ours: 'Kept, so that the transforms are the same',
  },
  {
    choice: 'Originals left out',
    cost: () => 'no run varies it',
    ours: 'One new copy of each image an epoch, also without originals',
  },
  { choice: 'Epochs of different length', cost: equalUpdates, ours: 'Every epoch visits every image once' },
  {
    choice: 'One input channel of 32 drawn',
    cost: (data) => `none in points; ${writeNumber(channelsShown(data), 'percent')} of the second layer’s kernels are seen`,
    ours: 'All kernels drawn, and measured',
  },
]

const usedRuns = (data: SiteData) =>
  data.allRuns.filter(({ protocol }) => protocol === 'corrected' || protocol === 'published' || protocol.startsWith('audit-'))

/** Each choice of the original's protocol: what it costs, and what is done here. */
export const auditTable: TableMaker = (data) => ({
  columns: [{ label: 'Choice' }, { label: 'Cost in test accuracy (95 % interval)' }, { label: 'Here' }],
  rows: choices.map(({ choice, cost, ours }) => [choice, cost(data), ours]),
  summary: [
    [
      'All together',
      perNetwork(data, (name) => {
        const found = allTogether(data, name)
        return found ? [`${points(found.value)} (${runsEach(found)})`] : []
      }),
      'Ours, minus the original’s trained again',
    ],
  ],
  runs: usedRuns(data),
})
