import { pixels, type ImageSet } from '../../experiments/dataset/dataset.ts'
import { copyPicture } from './made-up-pictures.ts'

/** Pictures by a formula that test/reference has too (data-set.py, linear-baseline.py): much noise, so that methods that differ decide differently. */
export function noisyPictures(first: number, count: number): ImageSet {
  const labels = Uint8Array.from({ length: count }, (_, n) => (first + n) % 10)
  const images = Uint8Array.from({ length: count * pixels }, (_, at) => {
    const [i, p] = [first + Math.floor(at / pixels), at % pixels]
    return (((i % 10) * p * 11) % 52) + ((i * i * i * 7 + i * i * p * 3 + i * p * p * 5 + p * p * p) % 199)
  })
  return { images, labels }
}

/** Copies a picture with one bit of every pixel turned, so that it lies as far from the original as the bit is worth. */
function copyAtDistance(bit: number, from: ImageSet, picture: number, to: ImageSet, place: number) {
  copyPicture(from, picture, to, place)
  for (let at = place * pixels; at < (place + 1) * pixels; at++) to.images[at]! ^= bit
}

/** Sixty training and forty test pictures, some of them the same or nearly. */
export const noisyTrain = noisyPictures(0, 60)
export const noisyTest = noisyPictures(1060, 40)
copyPicture(noisyTrain, 7, noisyTrain, 17)
copyPicture(noisyTrain, 3, noisyTrain, 28)
copyPicture(noisyTrain, 25, noisyTest, 5)
// Of a picture that the test of the data set's facts holds back.
copyPicture(noisyTrain, 6, noisyTest, 14)
copyAtDistance(16, noisyTrain, 29, noisyTrain, 9)
copyAtDistance(16, noisyTrain, 35, noisyTrain, 12)
copyAtDistance(16, noisyTrain, 2, noisyTest, 7)
copyAtDistance(16, noisyTrain, 4, noisyTest, 11)
copyAtDistance(32, noisyTrain, 4, noisyTest, 8)
