import { classes } from '../../experiments/dataset/kmnist.ts'
import { classWords } from '../charts/svg.ts'

/** "お o 0": a class in one line of text. */
export const classLabel = (index: number): string => classWords(classes[index]!)

/** The same for titles: no line breaks within it. */
export const classInTitle = (index: number): string => classLabel(index).replaceAll(' ', '\u00a0')

/** The heading of a class's pictures: its character set large, then "o 0". */
export const classHeading = (index: number): { character: string; heading: string } => {
  const { character, romanisation } = classes[index]!
  return { character, heading: `${romanisation} ${index}` }
}
