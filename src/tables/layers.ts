import { count } from '../charts/format.ts'
import { layerGroups } from '../charts/layer-groups.ts'
import { experimentData } from '../data/site-data.ts'
import type { TableMaker } from './table-data.ts'

/** A model, layer by layer. */
export const layersTable: TableMaker = (data, { experiment = 'cnn' }) => {
  const groups = layerGroups(experimentData(data, experiment).experiment.layers)
  const total = (of: 'parameters' | 'multiplyAdds') => count(groups.reduce((sum, group) => sum + group.description[of], 0))
  return {
    columns: [
      { label: 'Layer' },
      { label: 'followed by' },
      { label: 'Output', numeric: true },
      { label: 'Parameters', numeric: true },
      { label: 'Multiply-adds', numeric: true },
    ],
    rows: groups.map(({ name, followedBy, description }) => [
      name,
      followedBy.join(', ') || '–',
      description.outputShape.map(count).join(' × '),
      count(description.parameters),
      count(description.multiplyAdds),
    ]),
    runs: [],
    summary: [['all', '', '', total('parameters'), total('multiplyAdds')]],
  }
}
