import { group } from 'd3-array'
import { isConvolution, isProduct, type PrimitiveProfile, type Profile } from '../results/bench-profile.ts'

/** One execution of a primitive, as a line of oneDNN's trace tells it. */
export interface PrimitiveCall {
  primitive: string
  implementation: string
  pass: string
  problem: string
  /** Milliseconds on some clock. */
  begin: number
  ms: number
}

/**
 * Reads a line of oneDNN's trace with time stamps (ONEDNN_VERBOSE=profile_exec, oneDNN 3): `onednn_verbose,v1,<begin>,primitive,exec,
 * <engine>,<primitive>,<implementation>,<pass>,<memory>,<attributes>,<algorithm>,<problem>,<ms>`. Null for a line about anything else.
 */
export function readCall(line: string): PrimitiveCall | null {
  const fields = line.split(',')
  if (fields[3] !== 'primitive' || fields[4] !== 'exec') return null
  const [begin, ms] = [Number(fields[2]), Number(fields[13])]
  if (fields.length !== 14 || !Number.isFinite(begin) || !Number.isFinite(ms))
    throw new Error(`expected a line of oneDNN's trace with 14 fields, a time in the third and the last, found: ${line}`)
  return { primitive: fields[6]!, implementation: fields[7]!, pass: fields[8]!, problem: fields[12]!, begin, ms }
}

/** Floating-point operations of a convolution or a matrix product from its sizes, a multiply-add being two; 0 for any other primitive. */
export function operations(call: Pick<PrimitiveCall, 'primitive' | 'problem'>): number {
  if (!isConvolution(call) && !isProduct(call)) return 0
  const matrices = /^(\d+)x(\d+):\2x(\d+)$/.exec(call.problem)
  if (matrices) return 2 * matrices.slice(1).reduce((all, size) => all * Number(size), 1)
  const sizes = new Map([...call.problem.matchAll(/([a-z]+)(\d+)/g)].map(([, name, size]) => [name, Number(size)]))
  const factors = isConvolution(call) ? ['mb', 'ic', 'oc', 'oh', 'ow', 'kh', 'kw'] : ['mb', 'ic', 'oc']
  const found = factors.map((name) => sizes.get(name))
  if (found.includes(undefined) || sizes.has('g') || (isProduct(call) && sizes.has('ih')))
    throw new Error(
      `the operations of ${call.primitive} ${call.problem} can't be counted: its sizes are not those of a plain one`,
    )
  return 2 * (found as number[]).reduce((all, size) => all * size, 1)
}

/** Milliseconds in which at least one of the calls ran. */
export function busyTime(calls: readonly PrimitiveCall[]): number {
  let [busy, until] = [0, -Infinity]
  for (const { begin, ms } of calls.toSorted((a, b) => a.begin - b.begin)) {
    busy += Math.max(0, begin + ms - Math.max(begin, until))
    until = Math.max(until, begin + ms)
  }
  return busy
}

/** The calls of so many steps, by what was called, a step each; and how long some ran at all. */
export function profileCalls(calls: readonly PrimitiveCall[], steps: number): Pick<Profile, 'busy' | 'primitives'> {
  const byWork = group(calls, ({ primitive, pass, problem, implementation }) => [primitive, pass, problem, implementation].join())
  const primitives = [...byWork.values()].map((same): PrimitiveProfile => {
    const { primitive, pass, problem, implementation } = same[0]!
    const ms = same.reduce((sum, call) => sum + call.ms, 0) / steps
    const gigaflops = (operations(same[0]!) * same.length) / steps / 1e9
    return { primitive, pass, problem, implementation, calls: same.length / steps, ms, gigaflops }
  })
  const busy = (of: (call: PrimitiveCall) => boolean) => busyTime(calls.filter(of)) / steps
  return {
    busy: {
      convolutions: busy(isConvolution),
      multiplying: busy((call) => isConvolution(call) || isProduct(call)),
      primitives: busy(() => true),
    },
    primitives: primitives.sort((a, b) => b.ms - a.ms),
  }
}
