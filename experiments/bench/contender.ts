import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { experiments } from '../catalogue.ts'
import { evaluationBatch } from '../engine/native/native-engine.ts'
import type { Layer } from '../models/layers.ts'
import { findProtocol } from '../runs/plan.ts'
import type { Augmentation, Optimizer } from '../training/protocol.ts'

/** What is measured: this project, or a library from outside. */
export const peerNames = ['keras', 'jax', 'pytorch'] as const
export type PeerName = (typeof peerNames)[number]
export type ContenderName = 'ours' | PeerName

/** The models whose steps are timed. */
export const modelNames = ['cnn', 'fcnn', 'cnn-no-pooling'] as const
export type ModelName = (typeof modelNames)[number]

export const layersOf = (model: string) => experiments.find(({ name }) => name === model)!.layers

/** What a contender's process is told in its first argument. */
export interface ContenderConfiguration {
  threads: number
  /** Whether peers look for their fastest setting; else they take their first. */
  trials: boolean
  batchSize: number
  evaluationBatch: number
  models: Record<string, readonly Layer[]>
  optimizer: Optimizer
  augmentation: Augmentation
  /** The folder with images.bin, labels.bin and order.bin. */
  data: string
}

export function configuration(threads: number, trials: boolean, data: string): ContenderConfiguration {
  const { optimizer, batchSize, augmentation } = findProtocol('corrected')
  const models = Object.fromEntries(modelNames.map((name) => [name, layersOf(name)]))
  return { threads, trials, batchSize, evaluationBatch, models, optimizer, augmentation, data }
}

/** Requests, each answered by a line of JSON. Times are of the work alone, in the process that did it. */
const answers = {
  /** Builds a model in the setting given, or in the fastest after a short trial of all. */
  choose: z.object({
    setting: z.string(),
    tried: z.record(z.string(), z.number()),
    parameters: z.int(),
    /** Training steps that the setting takes at once. */
    granularity: z.int().positive(),
  }),
  train: z.object({ loss: z.number(), ms: z.number() }),
  trainAugmented: z.object({ loss: z.number(), ms: z.number() }),
  evaluate: z.object({ images: z.number(), ms: z.number() }),
  augment: z.object({ images: z.number(), ms: z.number() }),
  /** Ours only: billions of operations a second of the machine's matrix multiplication. */
  multiply: z.object({ gigaflops: z.number() }),
  /** Ours only: seconds of a whole epoch. */
  epoch: z.object({ seconds: z.number() }),
}
type Answers = { [Request in keyof typeof answers]: z.infer<(typeof answers)[Request]> }

/** A process of a contender: it stays, and is told what to do. */
export interface Contender {
  name: ContenderName
  threads: number
  versions: string
  ask<Request extends keyof Answers>(request: Request, details: Record<string, unknown>): Promise<Answers[Request]>
  /** What oneDNN has told of its work since this was last called; nothing unless the environment has `traceVariables`. */
  takeTrace(): string[]
  close(): void
}

/** A contender's process could not do what it was asked; the message has its last words. */
export class ContenderError extends Error {
  override name = 'ContenderError'
}

/** Threads are told to every library by its own variable; each is read when the library is loaded. */
function threadVariables(threads: number): NodeJS.ProcessEnv {
  const count = String(threads)
  return {
    TF_NUM_INTRAOP_THREADS: count,
    TF_NUM_INTEROP_THREADS: count,
    OMP_NUM_THREADS: count,
    MKL_NUM_THREADS: count,
    OPENBLAS_NUM_THREADS: count,
    NPROC: count,
    ...(threads === 1 && { XLA_FLAGS: '--xla_cpu_multi_thread_eigen=false' }), // JAX
    TF_ENABLE_ONEDNN_OPTS: '1', // as the native engine has it, so that Keras has it too
    TF_CPP_MIN_LOG_LEVEL: '3',
    CUDA_VISIBLE_DEVICES: '',
    JAX_PLATFORMS: 'cpu',
  }
}

/** Make oneDNN write a line on standard output for each primitive it has executed, with when it began and how long it took. */
export const traceVariables = { ONEDNN_VERBOSE: 'profile_exec', ONEDNN_VERBOSE_TIMESTAMP: '1' }

/** Starts a contender's process and waits until it has loaded what it needs. */
export async function startContender(
  name: ContenderName,
  command: { file: string; args: string[]; env?: NodeJS.ProcessEnv },
  told: ContenderConfiguration,
): Promise<Contender> {
  const child = spawn(command.file, [...command.args, JSON.stringify(told)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...threadVariables(told.threads), ...command.env },
    // Ctrl-C goes to the parent alone, which ends its children.
    detached: true,
  })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-3000)))
  child.stdin.on('error', () => {}) // a child that is gone is noticed by its closing
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = []
  const trace: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('onednn_verbose,')) trace.push(line)
    else waiting.shift()?.resolve(line)
  })
  let ended: ContenderError | undefined
  const fail = (what: string) => {
    const said = complaints.trim().split('\n').slice(-6).join('\n')
    ended ??= new ContenderError(`${name}: its process ${what}${said && `:\n${said}`}`)
    for (const { reject } of waiting.splice(0)) reject(ended)
  }
  child.on('error', (error) => fail(`could not be started (${error.message})`))
  child.on('close', (code, signal) => fail(`ended with ${signal ?? `code ${code}`}`))
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)

  // Of one that ended while nothing was asked of it, the next question says so.
  const nextLine = () => new Promise<string>((resolve, reject) => (ended ? reject(ended) : waiting.push({ resolve, reject })))
  const { versions } = await nextLine()
    .then((line) => z.object({ versions: z.string() }).parse(JSON.parse(line)))
    .catch((error: Error) => {
      kill()
      throw error
    })
  return {
    name,
    threads: told.threads,
    versions,
    async ask(request, details) {
      const line = nextLine()
      child.stdin.write(`${JSON.stringify({ do: request, ...details })}\n`)
      const answer = JSON.parse(await line) as { error?: string }
      if (answer.error) throw new ContenderError(`${name} could not ${request} ${JSON.stringify(details)}: ${answer.error}`)
      return answers[request].parse(answer) as never
    },
    takeTrace: () => trace.splice(0),
    close() {
      process.off('exit', kill)
      kill()
    },
  }
}
