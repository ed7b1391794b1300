/** Adadelta as `adadelta` in ../optimizers.ts, for `count` values, a multiple of four. */
export function adadelta(
  weight: usize,
  gradient: usize,
  squaredGradients: usize,
  squaredUpdates: usize,
  count: i32,
  rate: f32,
  rho: f32,
  rest: f32,
  epsilon: f32,
): void {
  const keep = f32x4.splat(rho)
  const take = f32x4.splat(rest)
  const floor = f32x4.splat(epsilon)
  const descent = f32x4.splat(-rate)
  const bytes = (<usize>count) << 2
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = v128.load(gradient + i)
    const ofUpdates = v128.load(squaredUpdates + i)
    const ofGradients = f32x4.relaxed_madd(f32x4.mul(take, g), g, f32x4.mul(keep, v128.load(squaredGradients + i)))
    const ratio = f32x4.div(f32x4.add(ofUpdates, floor), f32x4.add(ofGradients, floor))
    const change = f32x4.mul(f32x4.sqrt(ratio), g)
    v128.store(squaredGradients + i, ofGradients)
    v128.store(squaredUpdates + i, f32x4.relaxed_madd(f32x4.mul(take, change), change, f32x4.mul(keep, ofUpdates)))
    v128.store(weight + i, f32x4.relaxed_madd(descent, change, v128.load(weight + i)))
  }
}
