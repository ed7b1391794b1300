import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }

test.each(Object.entries(scripts))('npm run %s is written for any shell, cmd.exe of Windows too', (_, script) => {
  // Variables before a command, single quotes, `;`, `$` and `export` are a POSIX shell's.
  expect(script).not.toMatch(/(^|&&\s*)[A-Z_]+=|['`;$]|\bexport\b/)
  // A path before a command's name: there, a slash begins an option.
  expect(script).not.toMatch(/(^|&&\s*)\.?\//)
})
