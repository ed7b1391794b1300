import { expect, it, onTestFinished, vi } from 'vitest'
import { barProgress, lineProgress } from '../../experiments/runs/progress.ts'
import { makeJob } from '../helpers/make-job.ts'

const job = makeJob()

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

it('bars give the terminal back however the process ends, once', () => {
  const before = process.listeners('exit')
  const progress = barProgress()
  const [added, ...others] = process.listeners('exit').filter((listener) => !before.includes(listener))
  expect(others).toEqual([])
  const written = terminal()
  progress.log('stopped')
  added!(130)
  expect(written.join('')).toContain('stopped')
  expect(process.listeners('exit')).toEqual(before)
  progress.stop()
  expect(written.join('').split('stopped')).toHaveLength(2)
})

it('plain lines give the time until a run is expected to end, and once it outlasts that, the most it can still take', () => {
  const written: string[] = []
  let now = 0
  const progress = lineProgress(
    (line) => written.push(line),
    () => (now += 60),
  )
  const long = { ...job, maxEpochs: 1000, expectedEpochs: 40 }
  const after = (epoch: number) => {
    const row = { epoch, loss: 1, accuracy: 0.5, valLoss: 1, valAccuracy: 0.5, learningRate: 1 }
    progress.event(long, { kind: 'epoch', row, seconds: 60 })
    return written.at(-1)!.split(' %, ')[1]
  }
  expect([after(10), after(39), after(40)]).toEqual([
    '60 s an epoch, about 30 min left',
    '60 s an epoch, about 60 s left',
    '60 s an epoch, at most 16.0 h left',
  ])
})

it('plain lines say once which file is downloaded and how large it is', () => {
  const written: string[] = []
  const progress = lineProgress(
    (line) => written.push(line),
    () => 0,
  )
  for (const done of [0, 9_000_000, 18_165_135]) progress.download(done, 18_165_135, 'train-images-idx3-ubyte.gz')
  expect(written).toEqual(['downloading train-images-idx3-ubyte.gz, 18.2 MB'])
})

it('bars write what was said last before they end', () => {
  const written = terminal()
  const progress = barProgress()
  progress.log('all is fresh')
  progress.stop()
  expect(written.join('')).toContain('all is fresh')
})
