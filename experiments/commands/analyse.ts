import { storePairedRuns } from '../analyses/paired-runs.ts'
import { readRunRecords } from '../results/read-results.ts'
import { loadDataset } from '../runs/load-dataset.ts'
import { runData } from '../runs/run-data.ts'

/**
 * Derives anew what rests on several runs together and needs the true classes: stored with the results, so that the site needs no
 * data set for it. `train` ends with it.
 * @param protocols absent: all that have records
 * @returns the protocols analysed
 */
export async function analyse(resultsDir: string, protocols?: ReadonlySet<string>): Promise<string[]> {
  const kept = readRunRecords(resultsDir).filter(
    (record) => record.files.predictions && (protocols?.has(record.protocol) ?? true),
  )
  const first = new Map(kept.toReversed().map((record) => [record.protocol, record]))
  for (const [name, { settings, seed }] of first) {
    const { dataset } = await loadDataset(settings.protocol, { download: false, log: () => {} })
    storePairedRuns(resultsDir, name, runData(dataset, settings.protocol, seed).test.labels)
  }
  return [...first.keys()]
}
