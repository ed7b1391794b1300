import { describe, expect, it } from 'vitest'
import { busyTime, operations, profileCalls, readCall } from '../../experiments/bench/primitive-calls.ts'
import { layersOf } from '../../experiments/bench/contender.ts'
import { describeLayers } from '../../experiments/models/layers.ts'

/** Lines of oneDNN 3.7.3's trace of the CNN's step, as they were. */
const convolution =
  'onednn_verbose,v1,1795613533877.561035,primitive,exec,cpu,convolution,brg_conv_fwd:avx512_core,forward_training,src:f32::blocked:acdb::f0 wei:f32:a:blocked:Adcb16a::f0 bia:f32:a:blocked:a::f0 dst:f32::blocked:acdb::f0,attr-scratchpad:user attr-post-ops:eltwise_relu,alg:convolution_direct,mb128_ic1oc32_ih28oh26kh3sh1dh0ph0_iw28ow26kw3sw1dw0pw0,1.91406'
const product =
  'onednn_verbose,v1,1795613533906.209961,primitive,exec,cpu,gemm_api,,undef,src_f32::blocked:ba:f0 wei_f32::blocked:ab:f0 dst_f32::blocked:ab:f0,,,9216x128:128x128,2.08008'
const dense =
  'onednn_verbose,v1,1795613533903.788086,primitive,exec,cpu,inner_product,x64:gemm:jit,forward_training,src:f32::blocked:ab::f0 wei:f32::blocked:ba::f0 bia:f32:a:blocked:a::f0 dst:f32::blocked:ab::f0,attr-scratchpad:user attr-post-ops:eltwise_relu,,mb128ic9216oc128,2.11792'

describe('a line of oneDNN’s trace', () => {
  it('tells which primitive ran, by which code, in which pass and size, when and for how long', () => {
    expect(readCall(convolution)).toEqual({
      primitive: 'convolution',
      implementation: 'brg_conv_fwd:avx512_core',
      pass: 'forward_training',
      problem: 'mb128_ic1oc32_ih28oh26kh3sh1dh0ph0_iw28ow26kw3sw1dw0pw0',
      begin: 1795613533877.561035,
      ms: 1.91406,
    })
    expect(readCall(product)).toMatchObject({ primitive: 'gemm_api', problem: '9216x128:128x128', ms: 2.08008 })
  })

  it('is passed over where it is about the library, and refused where its fields are others', () => {
    expect(readCall('onednn_verbose,v1,info,cpu,runtime:threadpool,nthr:1')).toBeNull()
    expect(() => readCall(convolution.replace(',1.91406', ''))).toThrow('expected a line of oneDNN')
  })
})

describe('the operations of a primitive', () => {
  const ofLayer = (experiment: string, index: number) => {
    const work = describeLayers(layersOf(experiment)).filter(({ multiplyAdds }) => multiplyAdds > 0)[index]!
    return 2 * 128 * work.multiplyAdds
  }

  it('are twice the multiply-adds of the layer that it computes', () => {
    expect(operations(readCall(convolution)!)).toBe(ofLayer('cnn', 0))
    const second = 'mb128_ic32oc64_ih26oh24kh3sh1dh0ph0_iw26ow24kw3sw1dw0pw0'
    expect(operations({ primitive: 'convolution', problem: second })).toBe(ofLayer('cnn', 1))
    for (const line of [product, dense]) expect(operations(readCall(line)!)).toBe(ofLayer('cnn', 2))
  })

  it('are none where nothing is multiplied, and refused where they can’t be counted', () => {
    expect(operations({ primitive: 'pooling', problem: 'mb128ic64_ih24oh12kh2sh2dh0ph0_iw24ow12kw2sw2dw0pw0' })).toBe(0)
    expect(() => operations({ primitive: 'convolution', problem: 'g2mb128_ic32oc64' })).toThrow('convolution g2mb128')
    expect(() => operations({ primitive: 'matmul', problem: '4x128x10:4x10x128' })).toThrow('matmul 4x128x10')
  })
})

describe('the calls of some steps', () => {
  const call = (primitive: string, begin: number, ms: number) => ({
    primitive,
    implementation: 'jit',
    pass: 'undef',
    problem: primitive === 'reorder' ? '64x32x3x3' : 'mb1_ic1oc1_ih3oh1kh3_iw3ow1kw3',
    begin,
    ms,
  })

  it('keep the machine busy once where they run side by side', () => {
    expect(busyTime([call('a', 5, 2), call('a', 0, 4), call('a', 1, 2), call('a', 6, 3)])).toBe(8)
    expect(busyTime([])).toBe(0)
  })

  it('are summed by what was called, a step each, the longest first', () => {
    const calls = [0, 100].flatMap((at) => [call('reorder', at, 1), call('convolution', at + 0.5, 3), call('reorder', at + 9, 1)])
    const { busy, primitives } = profileCalls(calls, 2)
    expect(primitives.map(({ primitive, calls, ms, gigaflops }) => [primitive, calls, ms, gigaflops])).toEqual([
      ['convolution', 1, 3, 18e-9],
      ['reorder', 2, 2, 0],
    ])
    expect(busy).toEqual({ convolutions: 3, multiplying: 3, primitives: 4.5 })
  })
})
