import { all, type Holds } from '../holds.ts'
import type { SiteData } from '../site-data.ts'

/** The networks that were trained with augmentation and without. */
const networks = ['cnn', 'fcnn'] as const

/** Whether something holds of both networks, trained with augmentation (A) and without (B); null while it is open of one. */
export const bothAugmented = (data: SiteData, holds: (data: SiteData, a: string, b: string) => Holds): Holds =>
  all(networks.map((name) => holds(data, `${name}-augmented`, name)))
