import { classes } from '../../experiments/dataset/kmnist.ts'
import { classWords } from '../charts/svg.ts'

/** "お o 0": a class in one line of text. */
export const classLabel = (index: number): string => classWords(classes[index]!)
