import { expect, it, onTestFinished, vi } from 'vitest'
import type { Job } from '../../experiments/runs/job.ts'
import { barProgress, lineProgress } from '../../experiments/runs/progress.ts'

const job: Job = {
  run: { protocol: 'smoke', experiment: 'fcnn', seed: 1 },
  resultsDir: '',
  maxEpochs: 1,
  threads: 1,
  engine: { name: 'native', reason: 'none is needed' },
  behaviour: {},
  commit: null,
}

/** What goes to the terminal, until the test ends. */
function terminal(): string[] {
  const written: string[] = []
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  onTestFinished(() => spy.mockRestore())
  return written
}

it.each(['plain lines', 'bars'])('%s say at once why a run failed', (kind) => {
  const written = terminal()
  const progress =
    kind === 'bars'
      ? barProgress()
      : lineProgress(
          (line) => written.push(line),
          () => 0,
        )
  onTestFinished(progress.stop)
  progress.overall(() => '')
  progress.start(job)
  progress.event(job, { kind: 'failed', message: 'the disk is full' })
  expect(written.join('')).toContain('smoke/fcnn/seed-1 failed: the disk is full')
})

it('bars write what was said last before they end', () => {
  const written = terminal()
  const progress = barProgress()
  progress.log('all is fresh')
  progress.stop()
  expect(written.join('')).toContain('all is fresh')
})
