function headed(magic: number, sizes: number[], data: Uint8Array): Uint8Array {
  const file = Buffer.alloc(4 + 4 * sizes.length + data.length)
  for (const [i, value] of [magic, ...sizes].entries()) file.writeUInt32BE(value, 4 * i)
  file.set(data, file.length - data.length)
  return file
}

/** An IDX file of square images, for tests. */
export const idxImages = (grey: Uint8Array, side = 28) => headed(0x803, [grey.length / side ** 2, side, side], grey)

/** An IDX file of labels, for tests. */
export const idxLabels = (labels: number[]) => headed(0x801, [labels.length], Uint8Array.from(labels))
