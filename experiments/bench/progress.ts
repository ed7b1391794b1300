import { SingleBar } from 'cli-progress'
import { formatDuration } from '../runs/estimate.ts'
import { onceAtExit } from '../runs/progress.ts'

/** How far a benchmark is. */
export interface BenchProgress {
  /** What is measured now, and the seconds it was expected to take. */
  begin(title: string, expected: number, blocks: number): void
  /** One of its blocks is done. */
  block(): void
  log(line: string): void
  stop(): void
}

/**
 * A bar on terminals, else a line for each thing measured; either with the time left, from what was expected and how the clock went so
 * far.
 * @param total seconds expected in all
 */
export function benchProgress(total: number, seconds: () => number, terminal: boolean): BenchProgress {
  const start = seconds()
  let [before, now] = [0, { title: '', expected: 0, blocks: 1, done: 0 }]
  const done = () => before + (now.expected * Math.min(now.done, now.blocks)) / now.blocks
  const left = () => {
    const pace = done() > 0.05 * total ? (seconds() - start) / done() : 1
    return `about ${formatDuration(Math.max(0, total - done()) * pace)} left`
  }
  const bar = terminal
    ? new SingleBar({ format: '{bar} {title}, {left}', hideCursor: true, clearOnComplete: true, barsize: 20 })
    : undefined
  bar?.start(total, 0, { title: 'begins', left: '' })
  const stop = onceAtExit(() => bar?.stop())
  const show = () => bar?.update(done(), { title: now.title, left: left() })
  return {
    begin(title, expected, blocks) {
      before += now.expected
      now = { title, expected, blocks, done: 0 }
      if (bar) show()
      else console.log(`${title}, ${left()}`)
    },
    block() {
      now.done++
      show()
    },
    log(line) {
      // The bar's line is written anew below.
      if (bar) process.stdout.write('\r\u001b[K')
      console.log(line)
      show()
    },
    stop,
  }
}
