import { join } from 'node:path'
import { readPairedRuns, type PairTests } from '../../experiments/analyses/paired-runs.ts'
import { experiments, plannedRuns, protocols, type Experiment } from '../../experiments/catalogue.ts'
import { findDataset, type ObtainedDataset } from '../../experiments/dataset/obtain.ts'
import { readPredictions, readRunRecords, readWeights } from '../../experiments/results/read-results.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'
import { predictedClasses } from '../../experiments/statistics/predicted-classes.ts'
import type { Protocol } from '../../experiments/training/protocol.ts'
import { seriesOf, type Series } from '../charts/series.ts'
import { once } from './once.ts'
import { readPublished, type Published, type PublishedExperiment } from './reproduction/published.ts'
import { siteSettings, type SiteSettings } from './site-settings.ts'
import { readVerdicts, type Verdict } from './verdicts.ts'

/** One experiment of the catalogue with what is known of it. */
export interface ExperimentData {
  experiment: Experiment
  series: Series
  /** Its runs of the site's protocol, by seed; empty while not run. */
  runs: RunRecord[]
  published: PublishedExperiment | undefined
}

/** All that a build of the site is made from. */
export interface SiteData {
  /** Where records and analyses lie. */
  resultsDir: string
  protocol: Protocol
  /** Those that are planned or were run, in the catalogue's order; all, where none is. */
  experiments: ExperimentData[]
  published: Published
  /** Runs of every protocol, this one's among them, as their files are ordered. */
  allRuns: RunRecord[]
  /** Null where freshness is unknown. */
  verdicts: Verdict[] | null
  /** The data set where it is at hand. */
  dataset: ObtainedDataset | undefined
  /** Stored tests of runs against each other, by protocol; none of a protocol whose runs are others since. */
  pairTests: ReadonlyMap<string, PairTests>
  /** Logits `[n, 10]` of the test images, or undefined where the run keeps none. */
  logits: (run: RunRecord) => Float32Array | undefined
  /** Classes predicted for the test images, or undefined where the run keeps no predictions. */
  predictions: (run: RunRecord) => Uint8Array | undefined
  /** Scored weights, or undefined where the run keeps none. */
  weights: (run: RunRecord) => Float32Array[] | undefined
}

/** The experiment called `name`; an error that lists what there is where none is. */
export function experimentData(data: SiteData, name: string): ExperimentData {
  const found = data.experiments.find(({ experiment }) => experiment.name === name)
  if (found) return found
  const experiment = experiments.find((one) => one.name === name)
  if (experiment) return { experiment, series: seriesOf(experiment), runs: [], published: data.published.experiments[name] }
  throw new Error(`there is no experiment "${name}": the catalogue has ${experiments.map((one) => one.name).join(', ')}`)
}

/** The runs of these experiments, of the site's protocol; of all experiments if none is named. */
export const runsOf = (data: SiteData, ...names: string[]): RunRecord[] =>
  names.length ? names.flatMap((name) => experimentData(data, name).runs) : data.experiments.flatMap(({ runs }) => runs)

function memoised<Value>(read: (run: RunRecord) => Value): (run: RunRecord) => Value {
  const known = new WeakMap<RunRecord, Value>()
  return (run) => once(known, run, () => read(run))
}

/**
 * Reads and checks everything the site shows. Throws where a record, `published.json` or a file beside them is damaged.
 * @param findData the data set, 55 MB to read and check: a caller that needs none says so
 */
export function loadSiteData(settings: SiteSettings, findData: () => ObtainedDataset | undefined = findDataset): SiteData {
  const { resultsDir, root } = settings
  const protocol = protocols.find(({ name }) => name === settings.protocol)
  if (!protocol)
    throw new Error(
      `SITE_PROTOCOL is "${settings.protocol}": the catalogue has the protocols ${protocols.map(({ name }) => name).join(', ')}`,
    )
  const published = readPublished(join(root, 'content', 'published.json'))
  const allRuns = readRunRecords(resultsDir)
  const pairTests = [...new Set(allRuns.map((run) => run.protocol))].flatMap((name) => {
    const tests = readPairedRuns(resultsDir, name, allRuns)
    return tests ? [[name, tests] as const] : []
  })
  const names = new Set([...plannedRuns, ...allRuns].map((run) => run.experiment))
  const known = experiments.filter(({ name }) => names.has(name))
  const logits = memoised((run) => readPredictions(resultsDir, run))
  return {
    resultsDir,
    protocol,
    experiments: (known.length ? known : experiments).map((experiment) => ({
      experiment,
      series: seriesOf(experiment),
      runs: allRuns.filter((run) => run.protocol === protocol.name && run.experiment === experiment.name),
      published: published.experiments[experiment.name],
    })),
    published,
    allRuns,
    verdicts: readVerdicts(settings),
    dataset: findData(),
    pairTests: new Map(pairTests),
    logits,
    predictions: memoised((run) => {
      const all = logits(run)
      return all && predictedClasses(all)
    }),
    weights: memoised((run) => readWeights(resultsDir, run)),
  }
}

let loaded: SiteData | undefined

/** The data of this build, read once. */
export const siteData = (): SiteData => (loaded ??= loadSiteData(siteSettings()))
