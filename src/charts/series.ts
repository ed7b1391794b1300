import type { Layer } from '../../experiments/models/layers.ts'

/** What the hue says. */
export type Network = 'cnn' | 'fcnn' | 'no-pooling'

/** One experiment as charts show it: hue by network, dashed where augmented. */
export interface Series {
  /** The experiment's name in the catalogue. */
  name: string
  /** As written beside its marks. */
  title: string
  network: Network
  augmented: boolean
}

/** The series of an experiment; its network is read off its layers, so that a new experiment needs no entry here. */
export function seriesOf(experiment: { name: string; title: string; layers: readonly Layer[]; augmented: boolean }): Series {
  const has = (kind: Layer['kind']) => experiment.layers.some((layer) => layer.kind === kind)
  const network = !has('conv2d') ? 'fcnn' : has('maxPool') ? 'cnn' : 'no-pooling'
  return { name: experiment.name, title: experiment.title, network, augmented: experiment.augmented }
}

export const hue = (series: Series) => `var(--${series.network})`
/** The step of the hue that words are set in. */
export const textHue = (series: Series) => `var(--${series.network}-text)`
/** `stroke-dasharray` of a series' lines; undefined for a solid line. */
export const dash = (series: Series) => (series.augmented ? '5 3' : undefined)
