/**
 * Moran's I (Moran 1950) of a picture with rook neighbours (left, right, above, below) of equal weight: near 1 where neighbouring
 * pixels are alike, near −1/(n − 1) where they are unrelated, negative where they alternate. NaN for a picture of one value.
 * @param picture height × width values, row by row
 */
export function spatialAutocorrelation(picture: ArrayLike<number>, height: number, width: number): number {
  const n = height * width
  if (picture.length !== n)
    throw new Error(`a picture of ${height} × ${width} has ${n} values, but this one has ${picture.length}`)
  let sum = 0
  for (let i = 0; i < n; i++) sum += picture[i]!
  const mean = sum / n
  let [squares, products] = [0, 0]
  for (let i = 0; i < n; i++) {
    const deviation = picture[i]! - mean
    squares += deviation * deviation
    // Each pair of neighbours once: the one to the right, the one below.
    if ((i + 1) % width !== 0) products += deviation * (picture[i + 1]! - mean)
    if (i + width < n) products += deviation * (picture[i + width]! - mean)
  }
  const pairs = height * (width - 1) + width * (height - 1)
  return squares === 0 ? NaN : ((n / pairs) * products) / squares
}
