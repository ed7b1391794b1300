import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drawnKana } from '../dataset/drawn-kana.ts'
import { findDataset } from '../dataset/obtain.ts'
import type { DatasetId } from '../results/schema.ts'
import { epochOrder } from '../training/batches.ts'

/**
 * Writes images, their labels and a shuffled order as plain bytes into a temporary folder, where every contender reads them: the data
 * set's where it is at hand, else drawn ones. `remove` takes the folder away; so does the end of the process.
 * @param few a few drawn images will do
 */
export function provideImages(few: boolean): { folder: string; source: DatasetId['source']; remove: () => void } {
  const { dataset, id } = (few ? undefined : findDataset()) ?? drawnKana(few ? 60 : 6000, 1, 1)
  const { images, labels } = dataset.train
  const folder = mkdtempSync(join(tmpdir(), 'kuzushiji-bench-'))
  const takeAway = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', takeAway)
  writeFileSync(join(folder, 'images.bin'), images)
  writeFileSync(join(folder, 'labels.bin'), labels)
  writeFileSync(join(folder, 'order.bin'), new Uint8Array(epochOrder(labels.length, 1, 1).buffer))
  const remove = () => {
    takeAway()
    process.off('exit', takeAway)
  }
  return { folder, source: id.source, remove }
}
