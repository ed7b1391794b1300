/**
 * The process that measures the native engine: its arguments are tfjs-node's folder and the models' layers, JSON, its output the numbers.
 * Started by `native-differences.ts` only: TensorFlow keeps threads, and speaks on standard error.
 */
import { nativeEngine } from '../../engine/native/native-engine.ts'
import type { Layer } from '../../models/layers.ts'
import { engineNumbers } from './engine-numbers.ts'

const [folder, models] = process.argv.slice(2) as [string, string]
process.stdout.write(JSON.stringify(engineNumbers(nativeEngine(folder, 1), JSON.parse(models) as Layer[][])))
