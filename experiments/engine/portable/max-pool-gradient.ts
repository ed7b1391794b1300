/**
 * The gradient of maximum pooling by its input: each window's goes to its largest value, the first of equals row by row, as in
 * TensorFlow. In plain loops: WebAssembly's kernel takes several times as long.
 * @param x `[n, height, width, channels]`; rows and columns that fill no window get nothing
 * @param gradient `[n, ⌊height / size⌋, ⌊width / size⌋, channels]`
 * @returns `[n, height, width, channels]`
 */
export function maxPoolGradient(
  x: Float32Array,
  [n, height, width, channels]: readonly [number, number, number, number],
  gradient: Float32Array,
  size: number,
): Float32Array {
  const result = new Float32Array(x.length)
  const [rows, columns] = [Math.floor(height / size), Math.floor(width / size)]
  let at = 0
  for (let image = 0; image < n; image++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const corner = ((image * height + row * size) * width + column * size) * channels
        for (let channel = 0; channel < channels; channel++) {
          let best = corner + channel
          for (let i = 0; i < size; i++)
            for (let j = 0; j < size; j++) {
              const here = corner + (i * width + j) * channels + channel
              if (x[here]! > x[best]!) best = here
            }
          result[best] = gradient[at++]!
        }
      }
  return result
}
