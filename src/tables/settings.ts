import { protocols } from '../../experiments/catalogue.ts'
import type { Optimizer, Protocol } from '../../experiments/training/protocol.ts'
import type { TableMaker } from './table-data.ts'

const number = (value: number) => (value > 0 && value < 1e-4 ? value.toExponential() : value.toLocaleString('en'))

const monitored = { valLoss: 'validation loss', valAccuracy: 'validation accuracy' }

function optimizer(settings: Optimizer): string {
  const { kind, rate, ...rest } = settings
  const others = Object.entries(rest).map(([name, value]) => `${name} ${number(value)}`)
  return [`${kind[0]!.toUpperCase()}${kind.slice(1)}, rate ${number(rate)}`, ...others].join(', ')
}

const validation = ({ validation: from }: Protocol) =>
  from.from === 'test' ? 'the test set' : `${number(from.perClass)} images a class, taken from the training set`

const plateau = ({ plateau: rule }: Protocol) =>
  rule
    ? `rate × ${number(rule.factor)} after ${rule.patience} epochs without a better ${monitored[rule.monitor]}` +
      (rule.minDelta ? ` (by more than ${rule.minDelta})` : '')
    : 'none'

const stopping = ({ stopping: rule, maxEpochs }: Protocol) =>
  (rule ? `after ${rule.patience} epochs without a better ${monitored[rule.monitor]}; ` : '') +
  `at most ${number(maxEpochs)} epochs`

const augmentation = ({ augmentation: { draw } }: Protocol) =>
  draw.kind === 'fresh' ? 'drawn afresh every epoch' : `${draw.copies} fixed copies of each image, without the image itself`

/** One row a setting: the original's, ours, and why ours differs. */
const rows: { setting: string; of: (protocol: Protocol) => string; reason: string }[] = [
  {
    setting: 'Optimizer',
    of: ({ optimizer: settings }) => optimizer(settings),
    reason: 'Rate 1.0 is that of Zeiler’s paper and of the KMNIST authors’ benchmark; 0.001 is the default of newer Keras.',
  },
  {
    setting: 'Validation images',
    of: validation,
    reason: 'What chooses the epoch and the rate must not be what scores the result.',
  },
  {
    setting: 'Rate reduced',
    of: plateau,
    reason: 'The report scores classifications; the FCNN’s loss is lowest long before its accuracy is highest.',
  },
  { setting: 'Stopped', of: stopping, reason: 'The same rule, on accuracy; a cap that a run at rate 1.0 should not need.' },
  {
    setting: 'Weights scored',
    of: ({ score }) => (score === 'last' ? 'the last epoch’s' : 'those of the highest validation accuracy'),
    reason: 'The original’s text says the best model is kept; its code scores the last one.',
  },
  {
    setting: 'Augmentation',
    of: augmentation,
    reason: 'More variety for the same number of updates an epoch, and epochs that compare.',
  },
  { setting: 'Batch', of: ({ batchSize }) => `${batchSize} images, shuffled each epoch`, reason: '' },
  {
    setting: 'Transforms',
    of: ({ augmentation: { rotation, shift, zoom, shear } }) =>
      `rotation ±${rotation}°, shift ±${shift * 100} %, zoom ${zoom[0]} to ${zoom[1]}, shear ±${shear}°`,
    reason: '',
  },
]

/** Settings of the original beside ours. */
export const settingsTable: TableMaker = (data) => {
  const original = protocols.find(({ name }) => name === 'published')!
  return {
    columns: [{ label: 'Setting' }, { label: 'Original' }, { label: 'Ours' }, { label: 'Why ours differs' }],
    rows: rows.map(({ setting, of, reason }) => {
      const [theirs, ours] = [of(original), of(data.protocol)]
      return [setting, theirs, theirs === ours ? 'the same' : ours, theirs === ours ? '' : reason]
    }),
  }
}
