import { componentCount, type DataSetFacts } from '../../experiments/analyses/data-set.ts'
import { macroF1 } from '../../experiments/statistics/f1.ts'
import { wilson } from '../../experiments/statistics/wilson.ts'
import { dataSetFacts } from '../data/analyses.ts'
import { measured } from '../data/measured.ts'
import { experimentData } from '../data/site-data.ts'
import { writeInterval } from '../data/write-number.ts'
import { measuredCell } from './measured-cell.ts'
import { numberCell, type Cell, type TableMaker } from './table-data.ts'

const names: Record<DataSetFacts['baselines'][number]['name'], string> = {
  majority: 'One class for all',
  centroid: 'Nearest class average',
  linear: 'Softmax regression',
  neighbours: 'Four nearest neighbours',
  components: `The same in ${componentCount} principal components`,
}

/** Simple methods on the same split, and the two networks for comparison. */
export const baselinesTable: TableMaker = (data) => {
  const facts = dataSetFacts(data)
  const networks = ['fcnn', 'cnn'].map((name) => ({ name, title: experimentData(data, name).experiment.title }))
  const methods: Cell[][] = facts
    ? facts.baselines.map(({ name, validation, test, testConfusion }): Cell[] => {
        const images = testConfusion.flat().reduce((a, b) => a + b, 0)
        return [
          names[name],
          numberCell(validation, 'percent'),
          numberCell(test, 'percent'),
          writeInterval(wilson(Math.round(test * images), images), 'percent'),
          numberCell(macroF1(testConfusion), 'score'),
        ]
      })
    : Object.values(names).map((title): Cell[] => [title, null, null, null, null])
  return {
    columns: [
      { label: 'Method' },
      { label: 'Validation accuracy', numeric: true },
      { label: 'Test accuracy', numeric: true },
      { label: '95 % interval', numeric: true },
      { label: 'macro F1', numeric: true },
    ],
    rows: methods,
    summary: networks.map(({ name, title }): Cell[] => {
      const test = measured(data, 'accuracy', name)
      return [
        title,
        measuredCell(data, 'validationAccuracy', name),
        measuredCell(data, 'accuracy', name),
        test && (test.interval ? writeInterval(test.interval, test.kind) : '–'),
        measuredCell(data, 'macroF1', name),
      ]
    }),
    runs: networks.flatMap(({ name }) => experimentData(data, name).runs),
  }
}
