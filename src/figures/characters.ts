import { drawnCharacter } from '../../experiments/dataset/drawn-character.ts'
import { drawnKana } from '../../experiments/dataset/drawn-kana.ts'
import { classMeans } from '../../experiments/dataset/class-means.ts'
import { imageAt, pixels, type ImageSet } from '../../experiments/dataset/dataset.ts'
import { augmentImage } from '../../experiments/augmentation/augment.ts'
import { classes } from '../../experiments/dataset/kmnist.ts'
import { pictureSheet } from '../charts/picture-sheet.ts'
import type { SiteData } from '../data/site-data.ts'
import { classHeading, classLabel } from './class-names.ts'
import type { FigureMaker, Sheet } from './figure.ts'

const perRow = 10

/** Training images to show: the data set's where it is at hand, else drawn modern characters, warped. */
const trainingImages = (data: SiteData): ImageSet => data.dataset?.dataset.train ?? drawnKana(perRow, 1, 1).dataset.train

/** Whose characters a figure shows, as its note says. */
const source = (data: SiteData) => (data.dataset ? 'data set' : 'drawn')

function firstOf(set: ImageSet, label: number, count: number): number[] {
  const places: number[] = []
  for (let i = 0; i < set.labels.length && places.length < count; i++) if (set.labels[i] === label) places.push(i)
  return places
}

/** A row a class: the first training images of each. */
export const examples: FigureMaker = (data) => {
  const set = trainingImages(data)
  const sheets = classes.map(({ index, romanisation }): Sheet => {
    const pictures = firstOf(set, index, perRow).map((place) => imageAt(set, place))
    return {
      name: `examples-${romanisation}`,
      ...classHeading(index),
      alt: `${perRow} examples of ${classLabel(index)}`,
      raster: pictureSheet(pictures, { columns: perRow, gutter: 2 }),
      scale: 2,
    }
  })
  const title = data.dataset ? 'One class holds many shapes' : 'Ten classes of hiragana'
  return {
    title,
    subtitle: `The modern character, its reading and number, then the first ${perRow} training images of the class`,
    alt: `${title}: ten rows of ${perRow} small pictures, a row a class.`,
    sheets,
    inRows: true,
    characters: source(data),
    runs: [],
  }
}

/** The average training image of each class. */
export const averages: FigureMaker = (data) => {
  const means = classMeans(trainingImages(data)).map((mean) => Uint8Array.from(mean, Math.round))
  return {
    title: data.dataset
      ? 'Averaged, few classes stay legible: their shapes do not lie on top of each other'
      : 'The average of each class',
    subtitle: 'The mean of all training images of each class',
    alt: 'Ten blurred pictures, the average image of each class; few strokes stand out.',
    sheets: classes.map(({ index, romanisation }): Sheet => ({
      name: `average-${romanisation}`,
      ...classHeading(index),
      alt: `Average image of ${classLabel(index)}`,
      raster: pictureSheet([means[index]!], { columns: 1 }),
      scale: 2,
    })),
    characters: source(data),
    runs: [],
  }
}

/** Some characters as they are, and as the augmentation warps them. */
export const augmented: FigureMaker = (data) => {
  const set = trainingImages(data)
  const { protocol } = data
  const shown = [0, 3, 5, 8]
  const sheets = shown.map((label): Sheet => {
    const [place] = firstOf(set, label, 1) as [number]
    const warped = Array.from({ length: perRow - 1 }, (_, draw) => {
      const target = new Float32Array(pixels)
      augmentImage(set.images, place * pixels, target, 0, protocol.augmentation, 1, draw + 1, place)
      return Uint8Array.from(target, Math.round)
    })
    return {
      name: `augmented-${classes[label]!.romanisation}`,
      ...classHeading(label),
      alt: `${classLabel(label)} as it is, then ${warped.length} warped copies`,
      raster: pictureSheet([imageAt(set, place), ...warped], { columns: perRow, gutter: 2 }),
      scale: 2,
    }
  })
  const { rotation, shift, zoom } = protocol.augmentation
  return {
    title: 'Copies differ from the image by a turn, a shift and a stretch',
    subtitle: `A training image as it is (left), then as drawn in ${perRow - 1} epochs: rotation ±${rotation}°, shift ±${shift * 100} %, zoom ${zoom[0]} to ${zoom[1]}`,
    alt: `Four characters, each followed by ${perRow - 1} slightly turned, shifted and stretched copies.`,
    sheets,
    inRows: true,
    characters: source(data),
    runs: [],
  }
}

/** One character to follow through a network: a test image of the data set, or the drawn character. */
export function journeyCharacter(data: SiteData, label: number): Uint8Array {
  const set = data.dataset?.dataset.test
  return set ? imageAt(set, firstOf(set, label, 1)[0]!) : drawnCharacter(label)
}
