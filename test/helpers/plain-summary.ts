import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node'

/** Counts of a finished test run; a file that can't be loaded and an error outside every test count as failures. */
function countTests(modules: readonly TestModule[], errorsOutside: number) {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const ended = (state: string) => tests.filter((test) => test.result().state === state).length
  const failed = ended('failed') + modules.reduce((sum, module) => sum + module.errors().length, 0) + errorsOutside
  return { passed: ended('passed'), failed, skipped: ended('skipped'), unfinished: ended('pending') }
}

/** Ends a test run with one plain line, alone and last: `N passed, N failed`, then `, N skipped` where there are any. */
export default class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason) {
    const { passed, failed, skipped, unfinished } = countTests(modules, errors.length)
    const interrupted = reason === 'interrupted' ? `, ${unfinished} not finished` : ''
    const line = `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}${interrupted}`
    process.once('exit', () => console.log(line))
  }
}
