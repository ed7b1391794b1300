import type { ClassName } from '../charts/chart-options.ts'
import { classes } from '../../experiments/dataset/kmnist.ts'

/** The ten classes as charts take them. */
export const classNames: ClassName[] = classes.map(({ character, romanisation }) => ({ kana: character, romanisation }))

/** "お o 0": a class in one line of text. */
export const classLabel = (index: number): string => `${classes[index]!.character} ${classes[index]!.romanisation} ${index}`
