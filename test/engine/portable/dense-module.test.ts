import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compileDenseModule, denseModuleFile } from '../../../experiments/engine/compile-dense-module.ts'

test('the WebAssembly that is committed is what its source compiles to, byte for byte', async () => {
  expect(readFileSync(denseModuleFile, 'utf8'), 'npm run assemble compiles it anew').toBe(await compileDenseModule())
})
