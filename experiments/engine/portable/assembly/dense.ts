/**
 * Matrix products in AssemblyScript, and with them the module of what dense layers cost. 128-bit SIMD with relaxed_madd, which rounds
 * once where the machine has fused multiply-add: twice the arithmetic of tfjs' own kernels.
 * `npm run assemble` compiles it to ../dense-module.ts, which is committed. Addresses are bytes into the imported memory, whose first
 * `scratchBytes` are this file's; sizes and strides are floats.
 */

export { adadelta } from './adadelta'
export { dropoutMask } from './dropout-mask'

// A tile of the product is held in twelve registers; three more hold what is multiplied. (4 × 8 was no faster, 4 × 12 slower.)
const tileRows = 6
const tileColumns = 8
// A block of each factor stays in the second cache, a panel of eight columns in the first.
const blockSteps = 272
const blockRows = 132
const blockColumns = 64

const leftBlock: usize = 0
const rightBlock: usize = leftBlock + 4 * blockRows * blockSteps
const startRow: usize = rightBlock + 4 * blockColumns * blockSteps
const edgeTile: usize = startRow + 4 * tileColumns
export const scratchBytes: usize = edgeTile + 4 * tileRows * tileColumns

/** One step of a panel: `lanes` values, then zeros up to its `width`. */
function packStep(to: usize, from: usize, lanes: i32, laneStride: usize, width: i32): void {
  for (let lane = 0; lane < width; lane++, from += laneStride) store<f32>(to + (lane << 2), lane < lanes ? load<f32>(from) : 0)
}

/** Lays a block of a factor out as the tiles read it: panels of `width` rows or columns ("lanes"), each step by step. Strides are bytes. */
function pack(to: usize, from: usize, lanes: i32, laneStride: usize, steps: i32, stepStride: usize, width: i32): void {
  const panelBytes = <usize>(width << 2) * steps
  const stepBytes = (<usize>width) << 2
  if (laneStride === 4)
    for (let step = 0; step < steps; step++, from += stepStride, to += stepBytes)
      for (let lane = 0, at = from, panel = to; lane < lanes; lane += width, at += stepBytes, panel += panelBytes) {
        if (lanes - lane < width) packStep(panel, at, lanes - lane, 4, width)
        else {
          v128.store(panel, v128.load(at))
          if (width === tileColumns) v128.store(panel, v128.load(at, 16), 16)
          else store<u64>(panel, load<u64>(at, 16), 16)
        }
      }
  else
    for (let lane = 0; lane < lanes; lane += width, from += <usize>width * laneStride)
      for (let step = 0, at = from; step < steps; step++, at += stepStride, to += stepBytes)
        packStep(to, at, lanes - lane, laneStride, width)
}

function copyRows(to: usize, toStride: usize, from: usize, fromStride: usize, rows: i32, bytes: usize): void {
  for (let row = 0; row < rows; row++) memory.copy(to + <usize>row * toStride, from + <usize>row * fromStride, bytes)
}

/**
 * `to` = `start` + the product of a packed panel of six rows and one of eight columns. Strides are bytes. Exported only so that the
 * compiler does not put it into its one caller, where V8 runs out of registers and takes twice as long.
 */
export function multiplyTile(
  left: usize,
  right: usize,
  steps: i32,
  to: usize,
  stride: usize,
  start: usize,
  startStride: usize,
): void {
  let c00 = v128.load(start)
  let c01 = v128.load(start, 16)
  let c10 = v128.load((start += startStride))
  let c11 = v128.load(start, 16)
  let c20 = v128.load((start += startStride))
  let c21 = v128.load(start, 16)
  let c30 = v128.load((start += startStride))
  let c31 = v128.load(start, 16)
  let c40 = v128.load((start += startStride))
  let c41 = v128.load(start, 16)
  let c50 = v128.load((start += startStride))
  let c51 = v128.load(start, 16)
  for (let step = 0; step < steps; step++) {
    const b0 = v128.load(right)
    const b1 = v128.load(right, 16)
    let a = v128.load32_splat(left)
    c00 = f32x4.relaxed_madd(a, b0, c00)
    c01 = f32x4.relaxed_madd(a, b1, c01)
    a = v128.load32_splat(left, 4)
    c10 = f32x4.relaxed_madd(a, b0, c10)
    c11 = f32x4.relaxed_madd(a, b1, c11)
    a = v128.load32_splat(left, 8)
    c20 = f32x4.relaxed_madd(a, b0, c20)
    c21 = f32x4.relaxed_madd(a, b1, c21)
    a = v128.load32_splat(left, 12)
    c30 = f32x4.relaxed_madd(a, b0, c30)
    c31 = f32x4.relaxed_madd(a, b1, c31)
    a = v128.load32_splat(left, 16)
    c40 = f32x4.relaxed_madd(a, b0, c40)
    c41 = f32x4.relaxed_madd(a, b1, c41)
    a = v128.load32_splat(left, 20)
    c50 = f32x4.relaxed_madd(a, b0, c50)
    c51 = f32x4.relaxed_madd(a, b1, c51)
    left += 4 * tileRows
    right += 4 * tileColumns
  }
  v128.store(to, c00)
  v128.store(to, c01, 16)
  v128.store((to += stride), c10)
  v128.store(to, c11, 16)
  v128.store((to += stride), c20)
  v128.store(to, c21, 16)
  v128.store((to += stride), c30)
  v128.store(to, c31, 16)
  v128.store((to += stride), c40)
  v128.store(to, c41, 16)
  v128.store((to += stride), c50)
  v128.store(to, c51, 16)
}

/**
 * The product of a left factor [rows, steps] and a right one [steps, columns], each with its two strides (so that it may be read
 * transposed), as [rows, columns] row by row.
 * @param bias [columns] added to each row; 0 for none
 */
export function multiply(
  to: usize,
  left: usize,
  leftRow: usize,
  leftStep: usize,
  right: usize,
  rightStep: usize,
  rightColumn: usize,
  bias: usize,
  rows: i32,
  steps: i32,
  columns: i32,
): void {
  const stride = (<usize>columns) << 2
  leftRow <<= 2
  leftStep <<= 2
  rightStep <<= 2
  rightColumn <<= 2
  // Steps are parted evenly: a short last block would be all overhead.
  const blocks = (steps + blockSteps - 1) / blockSteps
  const most = (steps + blocks - 1) / blocks
  for (let step = 0; step < steps; step += most) {
    const depth = min(most, steps - step)
    for (let row = 0; row < rows; row += blockRows) {
      const height = min(blockRows, rows - row)
      pack(leftBlock, left + <usize>row * leftRow + <usize>step * leftStep, height, leftRow, depth, leftStep, tileRows)
      for (let column = 0; column < columns; column += tileColumns) {
        const width = min(tileColumns, columns - column)
        const bytes = (<usize>width) << 2
        const inBlock = column % blockColumns
        if (inBlock === 0) {
          const from = right + <usize>step * rightStep + <usize>column * rightColumn
          pack(rightBlock, from, min(blockColumns, columns - column), rightColumn, depth, rightStep, tileColumns)
        }
        if (step === 0) {
          memory.fill(startRow, 0, 4 * tileColumns)
          if (bias) memory.copy(startRow, bias + ((<usize>column) << 2), bytes)
        }
        for (let i = 0; i < height; i += tileRows) {
          const tile = to + <usize>(row + i) * stride + ((<usize>column) << 2)
          const tall = min(tileRows, height - i)
          const whole = tall === tileRows && width === tileColumns
          const target = whole ? tile : edgeTile
          const targetStride = whole ? stride : 4 * tileColumns
          if (!whole && step > 0) copyRows(edgeTile, 4 * tileColumns, tile, stride, tall, bytes)
          const start = step === 0 ? startRow : target
          multiplyTile(
            leftBlock + <usize>(4 * i) * depth,
            rightBlock + <usize>(4 * inBlock) * depth,
            depth,
            target,
            targetStride,
            start,
            step === 0 ? 0 : targetStride,
          )
          if (!whole) copyRows(tile, stride, edgeTile, 4 * tileColumns, tall, bytes)
        }
      }
    }
  }
}

/** The sum of the rows of a matrix [rows, columns]. */
export function sumRows(to: usize, from: usize, rows: i32, columns: i32): void {
  const bytes = (<usize>columns) << 2
  memory.fill(to, 0, bytes)
  for (const end = from + <usize>rows * bytes; from < end; from += bytes)
    for (let i: usize = 0; i < bytes; i += 4) store<f32>(to + i, load<f32>(to + i) + load<f32>(from + i))
}
