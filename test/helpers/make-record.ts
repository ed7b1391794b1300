import { experiments, protocols } from '../../experiments/catalogue.ts'
import { dataFiles } from '../../experiments/dataset/kmnist.ts'
import { scoreLogits } from '../../experiments/evaluation/score.ts'
import { fromFloat16Bytes, toFloat16Bytes } from '../../experiments/results/read-results.ts'
import { sha256 } from '../../experiments/sha256.ts'
import type { RunRecord } from '../../experiments/results/schema.ts'

/** Logits that get nine of ten right, for labels 0 … 9 in turn. */
export const testLabels = Uint8Array.from({ length: 40 }, (_, i) => i % 10)
export const testPredictions = toFloat16Bytes([
  Float32Array.from({ length: 400 }, (_, i) =>
    i % 10 === (Math.floor(i / 10) % 9 === 0 ? 3 : Math.floor(i / 10) % 10) ? 4.25 : 0.125,
  ),
])

/** What the history has for the best epoch: 38 of 40 right. */
const validation = {
  images: 40,
  loss: 0.25,
  accuracy: 0.95,
  confusion: Array.from({ length: 10 }, (_, i) =>
    Array.from({ length: 10 }, (_, j) => (i < 2 ? (j === i ? 3 : j === 9 ? 1 : 0) : j === i ? 4 : 0)),
  ),
}

/** A record that obeys its protocol: the best epoch is the second, and the stopping rule fires ten epochs later. */
export function makeRecord(changes: Partial<RunRecord> = {}): RunRecord {
  const experiment = experiments.find((e) => e.name === 'fcnn')!
  const protocol = protocols.find((p) => p.name === 'corrected')!
  const score = scoreLogits(fromFloat16Bytes(testPredictions), testLabels)
  const file = (part: string) => dataFiles.find((f) => f.part === part)!.sha256
  return {
    schemaVersion: 1,
    experiment: 'fcnn',
    protocol: 'corrected',
    seed: 3,
    settings: { experiment, protocol },
    dataset: {
      source: 'kmnist',
      trainImages: file('trainImages'),
      trainLabels: file('trainLabels'),
      testImages: file('testImages'),
      testLabels: file('testLabels'),
    },
    behaviour: {},
    status: 'converged',
    epochs: 12,
    scoredEpoch: 2,
    history: Array.from({ length: 12 }, (_, i) => ({
      epoch: i + 1,
      loss: 0.5,
      accuracy: 0.8,
      valLoss: 0.25,
      valAccuracy: i === 1 ? 0.95 : 0.9,
      learningRate: i < 7 ? 1 : 0.1,
    })),
    timings: { secondsPerEpoch: Array.from({ length: 12 }, () => 1), imagesPerSecond: 55_000 },
    evaluation: { train: score, validation, test: score },
    files: { predictions: sha256(testPredictions), weights: null },
    provenance: {
      engine: 'native',
      engineVersion: 'tfjs-node 4.22.0',
      tensorflow: '2.21.0',
      cpu: 'a test',
      cores: 2,
      threads: 1,
      os: 'Linux',
      node: 'v22.23.2',
      lockfile: '0'.repeat(64),
      commit: null,
      peakMemoryBytes: 1e9,
      segments: [{ start: '2026-01-01T00:00:00.000Z', wallSeconds: 12, firstEpoch: 1, lastEpoch: 12 }],
    },
    ...changes,
  }
}
