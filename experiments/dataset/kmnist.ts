import type { DatasetId } from '../results/schema.ts'

export interface CharacterClass {
  /** The label, 0…9. */
  index: number
  /** The modern hiragana. */
  character: string
  romanisation: string
}

/** The ten classes in the order of their labels, romanised as the data set's authors do. */
export const classes: readonly CharacterClass[] = [
  ['お', 'o'],
  ['き', 'ki'],
  ['す', 'su'],
  ['つ', 'tsu'],
  ['な', 'na'],
  ['は', 'ha'],
  ['ま', 'ma'],
  ['や', 'ya'],
  ['れ', 're'],
  ['を', 'wo'],
].map(([character, romanisation], index) => ({ index, character: character!, romanisation: romanisation! }))

/** One of the data set's four files. */
export interface DataFile {
  part: Exclude<keyof DatasetId, 'source'>
  /** Of the uncompressed file; the official one adds `.gz`. */
  name: string
  /** Uncompressed. */
  bytes: number
  /** Of the uncompressed bytes: a file gzipped anew is the same file. */
  sha256: string
}

/** The second version: the first had black images and duplicates between training and test. */
export const dataFiles: readonly DataFile[] = [
  {
    part: 'trainImages',
    name: 'train-images-idx3-ubyte',
    bytes: 47_040_016,
    sha256: '7112ba9ec422d98de4885262d4a4dff14cc4fefb81c11ace8bf563a8255df5c3',
  },
  {
    part: 'trainLabels',
    name: 'train-labels-idx1-ubyte',
    bytes: 60_008,
    sha256: '2a16eeae62da984b8bd24fa32e31d47291f01dac3fe84d5594f304f71e7d374b',
  },
  {
    part: 'testImages',
    name: 't10k-images-idx3-ubyte',
    bytes: 7_840_016,
    sha256: '76fbd229ce87db80dd281af5e6670de4ad0e42fb30a7bd643972994c47c1f42e',
  },
  {
    part: 'testLabels',
    name: 't10k-labels-idx1-ubyte',
    bytes: 10_008,
    sha256: 'a11dc742be8e781a40a92f53d6a4957e7b7d36df2faa097659131ebfd8fd60c6',
  },
]

/** Of each of the classes, which are equally frequent. */
export const imagesOfClass = { training: 6000, test: 1000 }

/** What tells the data set from any other. */
export const kmnistId: DatasetId = {
  source: 'kmnist',
  ...(Object.fromEntries(dataFiles.map(({ part, sha256 }) => [part, sha256])) as Omit<DatasetId, 'source'>),
}

/** The four files lie here as `<name>.gz`. */
export const officialAddress = 'http://codh.rois.ac.jp/kmnist/dataset/kmnist/'

export const licence = { name: 'CC BY-SA 4.0', url: 'https://creativecommons.org/licenses/by-sa/4.0/' }

/** As the data set's authors ask to be named. */
export const attribution =
  '“KMNIST Dataset” (created by CODH), adapted from “Kuzushiji Dataset” (created by NIJL and others), doi:10.20676/00000341'
