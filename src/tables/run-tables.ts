import { basename } from 'node:path'
import { classes } from '../../experiments/dataset/kmnist.ts'
import { parameterCount } from '../../experiments/models/layers.ts'
import { runLabel } from '../../experiments/results/read-results.ts'
import type { HistoryRow, Provenance, RunRecord, Score } from '../../experiments/results/schema.ts'
import { classF1, classPrecision, classRecall, macroF1 } from '../../experiments/statistics/f1.ts'
import { macroF1DeltaInterval } from '../../experiments/statistics/macro-f1-interval.ts'
import { wilson } from '../../experiments/statistics/wilson.ts'
import { accuracyInterval } from '../data/measures.ts'
import { shortCommit } from '../data/train-commands.ts'
import { writeInterval, writeNumber } from '../data/write-number.ts'
import { classLabel } from '../figures/class-names.ts'
import { protocolSettings } from './settings.ts'
import type { Cell, TableData } from './table-data.ts'

const loss = (value: number | null | undefined): string => (typeof value === 'number' ? writeNumber(value, 'loss') : 'not finite')

/** What `status` says, in words. */
export const ending = ({ status, epochs }: RunRecord): string =>
  status === 'converged' ? 'by its stopping rule' : `at its budget of ${writeNumber(epochs, 'count')} epochs`

/** 95 % intervals over the images of one score: Wilson's for the accuracy, the delta method's for macro F1. */
export const scoreIntervals = (score: Score) => ({
  accuracy: accuracyInterval(score),
  macroF1: macroF1DeltaInterval(score.confusion),
})

/** Accuracy, loss and macro F1 of the weights kept, on every set they were scored on. */
export function runScores({ evaluation: { train, validation, test, alsoScored } }: RunRecord): TableData {
  const row = (name: string, score: Score): Cell[] => {
    const intervals = scoreIntervals(score)
    return [
      name,
      writeNumber(score.images, 'count'),
      loss(score.loss),
      writeNumber(score.accuracy, 'percent'),
      writeInterval(intervals.accuracy, 'percent'),
      writeNumber(macroF1(score.confusion), 'score'),
      writeInterval(intervals.macroF1, 'score'),
    ]
  }
  return {
    columns: [
      { label: 'Images' },
      { label: 'how many', numeric: true },
      { label: 'Loss', numeric: true },
      { label: 'Accuracy', numeric: true },
      { label: '95 % interval', numeric: true },
      { label: 'Macro F1', numeric: true },
      { label: '95 % interval', numeric: true },
    ],
    rows: [
      row('training', train),
      ...(validation ? [row('validation', validation)] : []),
      row('test', test),
      ...(alsoScored ?? []).map(({ chosenBy, epoch, test: score }) => row(`test, epoch ${epoch} (${chosenBy})`, score)),
    ],
  }
}

/** F1, recall with its interval, precision and the commonest mistake of every class, on the test images. */
export function runClasses({ evaluation: { test } }: RunRecord): TableData {
  const { confusion } = test
  const f1 = classF1(confusion)
  const recall = classRecall(confusion)
  const precision = classPrecision(confusion)
  return {
    columns: [
      { label: 'Class' },
      { label: 'F1', numeric: true },
      { label: 'Recall', numeric: true },
      { label: '95 % interval', numeric: true },
      { label: 'Precision', numeric: true },
      { label: 'Mostly misread as' },
    ],
    rows: classes.map(({ index }) => {
      const row = confusion[index]!
      const images = row.reduce((a, b) => a + b, 0)
      const predicted = confusion.some((other) => other[index]! > 0)
      const mistakes = row.map((count, other) => (other === index ? -1 : count))
      const most = Math.max(...mistakes)
      return [
        { text: classLabel(index), kana: true },
        writeNumber(f1[index]!, 'score'),
        images ? writeNumber(recall[index]!, 'percent') : '–',
        images ? writeInterval(wilson(row[index]!, images), 'percent') : '–',
        predicted ? writeNumber(precision[index]!, 'percent') : '–',
        most > 0 ? { text: `${classLabel(mistakes.indexOf(most))}: ${most}`, kana: true } : '–',
      ]
    }),
  }
}

/** How the run was trained, as its record has it. */
export function runSettings({ settings: { experiment, protocol }, seed }: RunRecord): TableData {
  const augmenting = ['Augmentation', 'Transforms']
  const drawn = [
    'initial weights',
    'order',
    'dropout',
    ...(experiment.augmented ? ['augmentation'] : []),
    ...(protocol.validation.from === 'training' ? ['split'] : []),
  ]
  return {
    columns: [{ label: 'Setting' }, { label: 'As run' }],
    rows: [
      ['Model', `${experiment.title}: ${writeNumber(parameterCount(experiment.layers), 'count')} parameters`],
      ['Seed', `${seed}: ${drawn.join(', ')}`],
      ...protocolSettings
        .filter(({ setting }) => experiment.augmented || !augmenting.includes(setting))
        .map(({ setting, of }) => [setting, of(protocol)]),
      ...(experiment.augmented ? [] : [['Augmentation', 'none']]),
    ],
  }
}

/** Where and with what the run was trained. */
export function runProvenance({ provenance, dataset, timings }: RunRecord): TableData {
  const rows: [string, string][] = [
    ['Commit', shortCommit(provenance.commit)],
    [
      'Engine',
      `${provenance.engine}: ${provenance.engineVersion}${provenance.tensorflow ? `, TensorFlow ${provenance.tensorflow}` : ''}`,
    ],
    ['Processor', `${provenance.cpu}, ${provenance.cores} cores`],
    ['Threads', String(provenance.threads)],
    ['System', `${provenance.os}, Node ${provenance.node}`],
    ['Most memory', `${writeNumber(Math.round(provenance.peakMemoryBytes / 1e6), 'count')}\u00a0MB`],
    ['Speed', `${writeNumber(Math.round(timings.imagesPerSecond), 'count')} training images a second (median epoch)`],
    ['SHA-256 of package-lock.json', provenance.lockfile],
    [
      'Data set',
      dataset.source === 'kmnist'
        ? 'Kuzushiji-MNIST, second version'
        : 'drawn characters in place of the data set: the scores mean nothing',
    ],
    ['SHA-256 of training images', dataset.trainImages],
    ['SHA-256 of training labels', dataset.trainLabels],
    ['SHA-256 of test images', dataset.testImages],
    ['SHA-256 of test labels', dataset.testLabels],
  ]
  return { columns: [{ label: 'What' }, { label: 'As recorded' }], rows }
}

const placeOf = ({ commit, cpu, threads }: Partial<Provenance>) => [
  commit === undefined ? '–' : shortCommit(commit),
  cpu ?? '–',
  threads === undefined ? '–' : String(threads),
]

/** The sittings the run was trained in; where a record does not say of each with what, it does of the last. */
export const runSegments = ({ provenance }: RunRecord): TableData => ({
  columns: [
    { label: 'Begun (UTC)' },
    { label: 'First epoch', numeric: true },
    { label: 'Last epoch', numeric: true },
    { label: 'Minutes', numeric: true },
    { label: 'Commit' },
    { label: 'Processor' },
    { label: 'Threads', numeric: true },
  ],
  rows: provenance.segments.map(({ start, wallSeconds, firstEpoch, lastEpoch, ...own }, i) => [
    start.slice(0, 16).replace('T', ' '),
    writeNumber(firstEpoch, 'count'),
    writeNumber(lastEpoch, 'count'),
    writeNumber(wallSeconds / 60, 'minutes'),
    ...placeOf({ ...(i === provenance.segments.length - 1 && provenance), ...own }),
  ]),
})

/** At most about so many rows of a history are written out; all are in the record. */
const historyRows = 120

/** Epochs to write out: all of a short run; of a long one every n-th, the first ten, the last, the kept one and where the rate changed. */
export function historyEpochs({ history, scoredEpoch }: RunRecord): HistoryRow[] {
  const step = Math.ceil(history.length / historyRows)
  return history.filter(
    ({ epoch, learningRate }, i) =>
      epoch <= 10 ||
      epoch % step === 0 ||
      epoch === scoredEpoch ||
      i === history.length - 1 ||
      learningRate !== history[i - 1]!.learningRate,
  )
}

const rate = (value: number) => String(Number(value.toPrecision(3)))
const accuracy = (value: number | undefined) => (value === undefined ? '–' : writeNumber(value, 'percent'))

/** The history, epoch by epoch, as far as it is written out. */
export function runEpochs(run: RunRecord): TableData {
  const rows = historyEpochs(run)
  const tested = rows.some(({ testAccuracy }) => testAccuracy !== undefined)
  return {
    columns: [
      { label: 'Epoch' },
      { label: 'Loss', numeric: true },
      { label: 'Accuracy', numeric: true },
      { label: 'Validation loss', numeric: true },
      { label: 'Validation accuracy', numeric: true },
      ...(tested ? [{ label: 'Test accuracy', numeric: true }] : []),
      { label: 'Rate', numeric: true },
    ],
    rows: rows.map((row) => [
      String(row.epoch),
      loss(row.loss),
      accuracy(row.accuracy),
      loss(row.valLoss),
      { text: accuracy(row.valAccuracy), best: row.epoch === run.scoredEpoch },
      ...(tested ? [accuracy(row.testAccuracy)] : []),
      rate(row.learningRate),
    ]),
  }
}

const bytesPerFloat16 = 2
const size = (bytes: number) => (bytes < 1e6 ? `${Math.round(bytes / 1e3)}\u00a0kB` : `${(bytes / 1e6).toFixed(1)}\u00a0MB`)

/** Files of a run in the project's `content/results`; the site holds the record only. */
export function runFiles(run: RunRecord): TableData {
  const path = basename(runLabel(run))
  const logits = run.evaluation.test.images * classes.length * bytesPerFloat16
  const weights = parameterCount(run.settings.experiment.layers) * bytesPerFloat16
  const row = (name: string, what: string, bytes: number, sha256: string | null): Cell[] =>
    sha256 ? [`${path}.${name}`, what, size(bytes), sha256] : [`${path}.${name}`, `${what}: not kept`, '–', '–']
  return {
    columns: [{ label: 'File', oneLine: true }, { label: 'What' }, { label: 'Size', oneLine: true }, { label: 'SHA-256' }],
    rows: [
      row('predictions.bin', 'logits of the test images, float16', logits, run.files.predictions),
      row('weights.bin', 'the weights scored, float16', weights, run.files.weights),
    ],
  }
}
