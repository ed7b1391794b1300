/**
 * Dropout masks as ../../dropout-mask.ts, bit for bit: `kept` where an activation is kept, 0 where it is dropped. The key of Philox is
 * (key0, key1), its counter (block, 0, step, layer); a block has sixteen activations, and room for the last one whole is needed.
 */
export function dropoutMask(to: usize, count: i32, threshold: i32, kept: f32, key0: u32, key1: u32, step: u32, layer: u32): void {
  const least = i16x8.splat(<i16>threshold)
  const through = f32x4.splat(kept)
  for (let block: u32 = 0; block << 4 < <u32>count; block++) {
    let c0 = block
    let c1: u32 = 0
    let c2 = step
    let c3 = layer
    let k0 = key0
    let k1 = key1
    for (let round = 0; round < 10; round++) {
      const p0 = <u64>0xd2511f53 * c0
      const p1 = <u64>0xcd9e8d57 * c2
      c0 = (<u32>(p1 >> 32)) ^ c1 ^ k0
      c1 = <u32>p1
      c2 = (<u32>(p0 >> 32)) ^ c3 ^ k1
      c3 = <u32>p0
      k0 += 0x9e3779b9
      k1 += 0xbb67ae85
    }
    let words = i32x4.splat(c0)
    words = i32x4.replace_lane(words, 1, c1)
    words = i32x4.replace_lane(words, 2, c2)
    words = i32x4.replace_lane(words, 3, c3)
    const low = i16x8.ge_s(i16x8.extend_low_i8x16_u(words), least)
    const high = i16x8.ge_s(i16x8.extend_high_i8x16_u(words), least)
    v128.store(to, v128.and(i32x4.extend_low_i16x8_s(low), through))
    v128.store(to, v128.and(i32x4.extend_high_i16x8_s(low), through), 16)
    v128.store(to, v128.and(i32x4.extend_low_i16x8_s(high), through), 32)
    v128.store(to, v128.and(i32x4.extend_high_i16x8_s(high), through), 48)
    to += 64
  }
}
