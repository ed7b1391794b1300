import { availableParallelism } from 'node:os'
import { experiments } from '../catalogue.ts'
import { chooseEngine, loadEngine } from '../engine/choose.ts'
import { findNative, installNative, NativeEngineUnavailableError } from '../engine/native/install.ts'
import { findProtocol } from '../runs/plan.ts'

/** Puts the native engine in place, or with `check` says what would be used, why, and how fast it is. Returns the exit code. */
export async function engineCommand({ check }: { check: boolean }): Promise<number> {
  if (!check) {
    try {
      const before = findNative()
      const folder = await installNative(console.log)
      console.log(before ? `the native engine is in place: ${folder}` : `the native engine has been put in place: ${folder}`)
      return 0
    } catch (error) {
      if (!(error instanceof NativeEngineUnavailableError)) throw error
      console.error(error.message)
      console.error(
        'The portable engine is used instead: enough for smoke runs, tests and the site; too slow to train the report.',
      )
      return 1
    }
  }
  const choice = await chooseEngine({ install: false, log: console.log })
  const threads = availableParallelism()
  const engine = await loadEngine(choice, threads)
  console.log(`engine: ${engine.name} (${choice.reason})`)
  console.log(`        ${engine.version}${engine.tensorflow ? `, TensorFlow ${engine.tensorflow}` : ''}, Node ${process.version}`)
  const batchSize = engine.name === 'native' ? 128 : 2
  for (const name of ['cnn', 'fcnn', 'cnn-no-pooling']) {
    const { layers, title } = experiments.find((e) => e.name === name)!
    const network = engine.createNetwork({ layers, optimizer: findProtocol('corrected').optimizer, seed: 1 })
    const times: number[] = []
    const begin = performance.now()
    for (let step = 1; performance.now() - begin < 1700 || step < 3; step++) {
      const images = Uint8Array.from({ length: batchSize * 784 }, (_, i) => (i * 37 + step) % 256)
      const start = performance.now()
      network.trainStep({ images, labels: Uint8Array.from({ length: batchSize }, (_, i) => i % 10) }, 1, step)
      times.push(performance.now() - start)
    }
    network.dispose()
    const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!
    console.log(
      `        ${title}: ${median.toFixed(1)} ms a training step of ${batchSize} (${threads} threads, median of ${times.length})`,
    )
  }
  return 0
}
