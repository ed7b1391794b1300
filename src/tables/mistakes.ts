import { classLabel } from '../figures/class-names.ts'
import { frequentMistakes } from '../data/picks.ts'
import { runsOf } from '../data/site-data.ts'
import { writeNumber } from '../data/write-number.ts'
import type { TableMaker } from './table-data.ts'

const shown = 5

/** The most frequent mistakes of every experiment, in test images, the mean over seeds: "す su 2 as つ tsu 3: 41". */
export const mistakesTable: TableMaker = (data) => {
  const each = data.experiments.map(({ experiment }) => frequentMistakes(data, experiment.name))
  return {
    columns: [{ label: 'Rank' }, ...data.experiments.map(({ experiment }) => ({ label: experiment.title }))],
    runs: runsOf(data),
    rows: Array.from({ length: shown }, (_, rank) => [
      String(rank + 1),
      ...each.map((mistakes) => {
        if (!mistakes) return null
        const mistake = mistakes[rank]
        if (!mistake) return '–'
        const text = `${classLabel(mistake.truth.index)} as ${classLabel(mistake.predicted.index)}: ${writeNumber(mistake.count, 'count')}`
        return { text, kana: true }
      }),
    ]),
  }
}
