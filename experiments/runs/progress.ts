import { MultiBar, type SingleBar } from 'cli-progress'
import { runLabel } from '../results/read-results.ts'
import type { Job, JobEvent } from './job.ts'
import { formatDuration } from './estimate.ts'

export interface Progress {
  /** Called before anything starts, with how all of it goes (`3 of 5 runs done, about 12 min left`). */
  overall(summary: () => string): void
  /** Bytes that have arrived of a file, and all it has. */
  download(done: number, total: number, file: string): void
  start(job: Job): void
  event(job: Job, event: JobEvent): void
  log(line: string): void
  stop(): void
}

const label = ({ run }: Job) => runLabel(run)
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)

/** A run's pace, and the time until it is expected to end; once it has outlasted that, until its last possible epoch. */
function runTimeLeft({ expectedEpochs, maxEpochs }: Job, epochSeconds: number | undefined, epoch: number): string {
  if (epochSeconds === undefined) return ''
  const [about, end] = epoch < expectedEpochs ? ['about', expectedEpochs] : ['at most', maxEpochs]
  return `${formatDuration(epochSeconds)} an epoch, ${about} ${formatDuration(epochSeconds * (end - epoch))} left`
}

const describeEpoch = (event: JobEvent & { kind: 'epoch' }) => {
  const { row } = event
  return `loss ${row.loss?.toFixed(4) ?? 'not finite'}, validation ${row.valLoss?.toFixed(4) ?? 'not finite'} / ${(100 * row.valAccuracy).toFixed(2)} %`
}

const describeDone = (event: JobEvent & { kind: 'done' }) =>
  `${event.status === 'converged' ? 'converged' : 'stopped at its budget'} after ${event.epochs} ${event.epochs === 1 ? 'epoch' : 'epochs'}; weights of epoch ${event.scoredEpoch}: test accuracy ${(100 * event.testAccuracy).toFixed(2)} %`

const describeBeginning = (event: JobEvent & { kind: 'resumed' | 'begun-anew' }) =>
  event.kind === 'resumed'
    ? `goes on after epoch ${event.epoch}`
    : `begins at epoch 1; kept, for they are of other settings, data, code or another engine: ${event.kept.join(', ')}`

/** Plain lines, for pipes and logs: one an epoch, but none within ten seconds of the last of the same run. */
export function lineProgress(write: (line: string) => void, seconds: () => number): Progress {
  const lastLine = new Map<string, number>()
  const files = new Set<string>()
  let overall = () => ''
  return {
    overall: (summary) => void (overall = summary),
    download(_, total, file) {
      if (!files.has(file)) write(`downloading ${file}, ${megabytes(total)} MB`)
      files.add(file)
    },
    start: (job) => write(`${label(job)}: begins`),
    event(job, event) {
      const name = label(job)
      if (event.kind === 'resumed' || event.kind === 'begun-anew') write(`${name}: ${describeBeginning(event)}`)
      if (event.kind === 'done') write(`${name}: ${describeDone(event)} (${overall()})`)
      if (event.kind === 'failed') write(`${name} failed: ${event.message}`)
      if (event.kind !== 'epoch' || seconds() - (lastLine.get(name) ?? -Infinity) < 10) return
      lastLine.set(name, seconds())
      write(`${name}: epoch ${event.row.epoch}, ${describeEpoch(event)}, ${runTimeLeft(job, event.seconds, event.row.epoch)}`)
    },
    log: write,
    stop: () => {},
  }
}

/** What gives the terminal back, once: when it is called, or where the process ends before, as Ctrl-C makes it. */
export function onceAtExit(stop: () => void): () => void {
  const once = () => {
    process.off('exit', once)
    stop()
  }
  process.once('exit', once)
  return once
}

/** A bar a run, for terminals; finished runs leave a line. The terminal is left as it was, however the process ends. */
export function barProgress(): Progress {
  const bars = new MultiBar({
    format: '{name} {bar} {text}',
    hideCursor: true,
    clearOnComplete: true,
    barsize: 20,
    etaBuffer: 1,
    emptyOnZero: true,
  })
  let total: { bar: SingleBar; summary: () => string } | undefined
  const running = new Map<string, { bar: SingleBar; epochSeconds?: number; last: string }>()
  const files = new Map<string, SingleBar>()
  const stop = onceAtExit(() => {
    // Lines wait for the next drawing, and there is none after the end.
    bars.update()
    bars.stop()
  })
  return {
    download(done, total, file) {
      const bar = files.get(file) ?? bars.create(total, 0, { name: file, text: '' })
      files.set(file, bar)
      bar.update(done, { text: `${megabytes(done)} of ${megabytes(total)} MB` })
      if (done === total) bars.remove(bar)
    },
    overall(summary) {
      total = { bar: bars.create(1, 0, { name: 'all runs', text: '' }), summary }
    },
    start(job) {
      running.set(label(job), { bar: bars.create(1, 0, { name: label(job), text: 'begins' }), last: '' })
    },
    event(job, event) {
      const name = label(job)
      const state = running.get(name)!
      if (event.kind === 'step') {
        state.bar.setTotal(event.steps)
        state.bar.update(event.step, {
          text: [`epoch ${event.epoch}`, state.last, runTimeLeft(job, state.epochSeconds, event.epoch - 1)]
            .filter(Boolean)
            .join(', '),
        })
      }
      total?.bar.update({ text: total.summary() })
      if (event.kind === 'epoch') {
        state.epochSeconds = event.seconds
        state.last = describeEpoch(event)
      }
      if (event.kind === 'resumed' || event.kind === 'begun-anew') bars.log(`${name}: ${describeBeginning(event)}\n`)
      if (event.kind === 'done') bars.log(`${name}: ${describeDone(event)}\n`)
      if (event.kind === 'failed') bars.log(`${name} failed: ${event.message}\n`)
      if (event.kind === 'done' || event.kind === 'failed') bars.remove(state.bar)
    },
    log: (line) => bars.log(`${line}\n`),
    stop,
  }
}
