import { availableParallelism } from 'node:os'
import { median } from 'd3-array'
import { experiments, type Experiment } from '../catalogue.ts'
import { chooseEngine, describeAbsence, loadEngine } from '../engine/choose.ts'
import { findNative, installNative, whyNotNative } from '../engine/native/install.ts'
import { NativeEngineUnavailableError } from '../engine/native/unavailable.ts'
import { engineAskedFor } from '../engine/usable-native.ts'
import { madeUpBatch } from '../engine/made-up-batch.ts'
import type { Engine } from '../engine/network.ts'
import { aboutPortable } from '../runs/estimate.ts'
import { findProtocol } from '../runs/plan.ts'
import { withoutStartupNoise } from './without-startup-noise.ts'

const insteadOfNative = `The portable engine is used instead: ${aboutPortable}.`

/** Puts the native engine in place, or with `check` says what would be used, why, and how fast it is. Returns the exit code. */
export const engineCommand = ({ check }: { check: boolean }): Promise<number> =>
  check ? withoutStartupNoise(checkEngine) : putInPlace()

async function putInPlace(): Promise<number> {
  try {
    const before = findNative()
    const folder = await installNative(console.log)
    console.log(before ? `the native engine is in place: ${folder}` : `the native engine has been put in place: ${folder}`)
    return 0
  } catch (error) {
    if (!(error instanceof NativeEngineUnavailableError)) throw error
    console.error(`${error.message}\n${insteadOfNative}`)
    return 1
  }
}

/** Seconds of training steps that the speed figure takes, of all models together. */
const checkSeconds = 5
const models = experiments.filter(({ augmented }) => !augmented)

async function checkEngine(): Promise<number> {
  if (engineAskedFor() === 'native' && findNative() === undefined) {
    console.error(`engine: none (KUZUSHIJI_ENGINE asks for native; ${describeAbsence(await whyNotNative())})`)
    return 1
  }
  const choice = await chooseEngine({ install: false, log: console.log })
  console.log(`engine: ${choice.name} (${choice.reason})`)
  const threads = choice.name === 'native' ? availableParallelism() : 1
  let engine: Engine
  try {
    engine = await loadEngine(choice, threads)
  } catch (error) {
    console.error((error as Error).message)
    return 1
  }
  if (choice.name === 'portable') console.log(insteadOfNative)
  const tensorflow = engine.tensorflow ? `, TensorFlow ${engine.tensorflow}` : ''
  console.log(`${engine.version}${tensorflow}, Node ${process.version}, ${threads === 1 ? 'one thread' : `${threads} threads`}`)
  for (const model of models) console.log(describeSpeed(engine, model, checkSeconds / models.length))
  return 0
}

/** The median time of a training step, by a stopwatch: steps for so many seconds, but three at least. */
function describeSpeed(engine: Engine, { layers, title }: Experiment, seconds: number): string {
  const { optimizer, batchSize: ofProtocol } = findProtocol('corrected')
  // Else three steps of the portable engine alone take more than the time there is.
  const batchSize = engine.name === 'native' ? ofProtocol : ofProtocol / 4
  const network = engine.createNetwork({ layers, optimizer, seed: 1 })
  const batch = madeUpBatch(batchSize)
  const times: number[] = []
  const begin = performance.now()
  // The first step also prepares: it is not counted.
  for (let step = 1; step <= 3 || performance.now() - begin < seconds * 1000; step++) {
    const start = performance.now()
    network.trainStep(batch, optimizer.rate, step)
    if (step > 1) times.push(performance.now() - start)
  }
  network.dispose()
  const milliseconds = median(times)!
  const images = Math.round((1000 * batchSize) / milliseconds).toLocaleString('en')
  return `  ${title}: ${milliseconds.toFixed(1)} ms a training step of ${batchSize} images, ${images} images/s (median of ${times.length})`
}
