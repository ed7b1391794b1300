import { describeLayers, type Layer, type LayerDescription } from '../../experiments/models/layers.ts'
import { count, decimal } from './format.ts'

/** A layer that changes shape or has weights, with the activations and dropout that follow it. */
export interface LayerGroup {
  description: LayerDescription
  /** Convolution 3 × 3, 32 filters. */
  name: string
  /** conv 3×3, 32. */
  shortName: string
  /** ReLU, dropout .25. */
  followedBy: string[]
}

function names(layer: Layer): [name: string, shortName: string] {
  switch (layer.kind) {
    case 'conv2d':
      return [
        `Convolution ${layer.kernelSize} × ${layer.kernelSize}, ${layer.filters} filters`,
        `conv ${layer.kernelSize}×${layer.kernelSize}, ${layer.filters}`,
      ]
    case 'dense':
      return [`Dense, ${count(layer.units)} units`, `dense ${count(layer.units)}`]
    case 'maxPool':
      return [`Max pooling ${layer.size} × ${layer.size}`, `pooling ${layer.size}×${layer.size}`]
    case 'flatten':
      return ['Flatten', 'flatten']
    case 'relu':
      return ['ReLU', 'ReLU']
    case 'dropout':
      return [`Dropout ${decimal(layer.rate, 2).replace(/0$/, '')}`, `dropout ${decimal(layer.rate, 2).replace(/0$/, '')}`]
  }
}

/** A model's layers as drawings show them: ReLU and dropout, which keep the shape and have no weights, go with the layer before. */
export function layerGroups(layers: readonly Layer[]): LayerGroup[] {
  const groups: LayerGroup[] = []
  for (const description of describeLayers(layers)) {
    const [name, shortName] = names(description.layer)
    const before = groups.at(-1)
    const follows = description.layer.kind === 'relu' || description.layer.kind === 'dropout'
    if (follows && before) before.followedBy.push(shortName)
    else groups.push({ description, name, shortName, followedBy: [] })
  }
  return groups
}
