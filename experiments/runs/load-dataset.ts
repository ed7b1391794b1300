import type { Dataset } from '../dataset/dataset.ts'
import { drawnKana } from '../dataset/drawn-kana.ts'
import { obtainDataset, type ObtainOptions } from '../dataset/obtain.ts'
import type { DatasetId } from '../results/schema.ts'
import type { Protocol } from '../training/protocol.ts'

/** Thrown where a run needs the data set and there is no source of it. */
export class NoDatasetError extends Error {
  override name = 'NoDatasetError'
}

/**
 * The data a protocol trains on. Smoke runs, whose numbers mean nothing, make do with drawn characters where the data set is absent.
 * @throws NoDatasetError
 */
export async function loadDataset(
  protocol: Protocol,
  options: { download: boolean; log: (line: string) => void; progress?: ObtainOptions['progress'] },
): Promise<{ dataset: Dataset; id: DatasetId }> {
  const small = protocol.imagesPerClass
  const found = await obtainDataset({ ...options, download: options.download && !small })
  if (found) return found
  if (!small)
    throw new NoDatasetError(
      `the protocol ${protocol.name} needs the Kuzushiji-MNIST data set; set KMNIST_DIR to a folder with its four files`,
    )
  options.log(`the protocol ${protocol.name} makes do with drawn characters`)
  const held = protocol.validation.from === 'training' ? protocol.validation.perClass : 0
  return drawnKana(small.training + held, small.test, 1)
}
