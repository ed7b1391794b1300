import { classes } from '../../experiments/dataset/kmnist.ts'

/** "お o 0": a class in one line of text. */
export const classLabel = (index: number): string => `${classes[index]!.character} ${classes[index]!.romanisation} ${index}`
