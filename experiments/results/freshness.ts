import { existsSync } from 'node:fs'
import type { z } from 'zod'
import { dataFiles } from '../dataset/kmnist.ts'
import type { Augmentation, Protocol } from '../training/protocol.ts'
import { partsOf } from './behaviour.ts'
import { DamagedResultError, readPredictions, readRunRecord, readWeights, recordPath } from './read-results.ts'
import type { experimentSchema, RunRecord } from './schema.ts'

export interface Verdict {
  verdict: 'fresh' | 'stale' | 'missing' | 'damaged'
  /** Why it isn't fresh; empty where it is. */
  reasons: string[]
  record?: RunRecord
}

type Settings = { experiment: z.infer<typeof experimentSchema>; protocol: Protocol }

type SettingsThatCount = Pick<Settings, 'experiment'> & {
  protocol: Omit<Protocol, 'augmentation'> & { augmentation: Augmentation | null }
}

/** What of a run's settings its numbers depend on: what a list calls them changes none, nor do transforms where no image is transformed. */
export const settingsThatCount = ({ experiment, protocol }: Settings): SettingsThatCount => ({
  experiment: { ...experiment, title: '' },
  protocol: { ...protocol, summary: '', augmentation: experiment.augmented ? protocol.augmentation : null },
})

/**
 * Whether a run's record is what training it now would give: same experiment and protocol, same data set, and code that behaves the
 * same. A refactoring that changes no number leaves it fresh. A file beside it that is missing or another leaves it damaged.
 * @param behaviour the ids of how the code behaves now, by part
 */
export function judgeRun(resultsDir: string, run: Settings & { seed: number }, behaviour: Record<string, string>): Verdict {
  const { experiment, protocol, seed } = run
  const file = recordPath(resultsDir, { experiment: experiment.name, protocol: protocol.name, seed })
  if (!existsSync(file)) return { verdict: 'missing', reasons: ['it has not been run'] }
  let record: RunRecord
  try {
    record = readRunRecord(file)
    // What lies beside it is read for its checksums only.
    readPredictions(resultsDir, record)
    readWeights(resultsDir, record)
  } catch (error) {
    if (error instanceof DamagedResultError) return { verdict: 'damaged', reasons: [error.message] }
    throw error
  }
  const [was, is] = [settingsThatCount(record.settings), settingsThatCount(run)]
  const reasons = [
    ...differences(was.experiment, is.experiment, 'experiment'),
    ...differences(was.protocol, is.protocol, 'protocol'),
    ...datasetReasons(record, protocol),
    ...partsOf(experiment, protocol)
      .filter((part) => record.behaviour[part] !== behaviour[part])
      .map((part) => `the code's behaviour has changed since: ${part}`),
  ]
  return { verdict: reasons.length ? 'stale' : 'fresh', reasons, record }
}

/** `protocol.optimizer.rate was 1, is 0.5`, for each value that differs. */
function differences(was: unknown, is: unknown, path: string): string[] {
  if (typeof was !== 'object' || typeof is !== 'object' || !was || !is)
    return was === is ? [] : [`${path} was ${JSON.stringify(was) ?? 'absent'}, is ${JSON.stringify(is) ?? 'absent'}`]
  const keys = new Set([...Object.keys(was), ...Object.keys(is)])
  return [...keys].flatMap((key) => differences(was[key as never], is[key as never], `${path}.${key}`))
}

function datasetReasons({ dataset }: RunRecord, protocol: Protocol): string[] {
  // A smoke run may be of drawn characters.
  if (protocol.imagesPerClass) return []
  return dataFiles
    .filter(({ part, sha256 }) => dataset[part] !== sha256)
    .map(({ name }) => `it was trained on another data set: ${name} differs`)
}
