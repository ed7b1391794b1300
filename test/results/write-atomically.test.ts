import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { writeAtomically, writeTogether } from '../../experiments/results/write-atomically.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'write-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

it('leaves alone what a process of the same id, in another container, is writing', () => {
  const file = join(temporaryFolder(), 'a.json')
  const other = `${file}.${process.pid}.tmp`
  writeFileSync(other, 'half')
  writeAtomically(file, 'whole ', Buffer.from('file'))
  expect(readFileSync(file, 'utf8')).toBe('whole file')
  expect(readFileSync(other, 'utf8')).toBe('half')
})

it('names what it could not write where a file stands in the place of a folder', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a'), '')
  const file = join(folder, 'a', 'b', 'c.json')
  expect(() => writeAtomically(file, 'whole')).toThrow(`${file} could not be written: ENOTDIR`)
})

it('names what it could not write, and leaves nothing beside it', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'a.json')
  mkdirSync(file)
  expect(() => writeAtomically(file, 'whole')).toThrow(`${file} could not be written`)
  expect(readdirSync(folder)).toEqual(['a.json'])
})

it('writes files that belong together or none of them, and leaves what was there', () => {
  const folder = temporaryFolder()
  const [first, second] = ['a.bin', 'b.json'].map((name) => join(folder, name)) as [string, string]
  writeFileSync(first, 'before')
  writeFileSync(join(folder, 'taken'), '')
  const third = join(folder, 'taken', 'c.json')
  expect(() =>
    writeTogether([
      [first, 'after'],
      [second, 'new'],
      [third, 'new'],
    ]),
  ).toThrow(`${third} could not be written`)
  expect(readFileSync(first, 'utf8')).toBe('before')
  expect(readdirSync(folder).sort()).toEqual(['a.bin', 'taken'])
  writeTogether([
    [first, 'after'],
    [second, 'ne', 'w'],
  ])
  expect([first, second].map((file) => readFileSync(file, 'utf8'))).toEqual(['after', 'new'])
})
