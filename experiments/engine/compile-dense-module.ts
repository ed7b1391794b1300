import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { sha256 } from '../sha256.ts'

const require = createRequire(import.meta.url)
const folder = join(import.meta.dirname, 'portable')

/** Where the compiled module is kept, as a TypeScript file: so it is bundled, and loads in Node and browsers alike. */
export const denseModuleFile = join(folder, 'dense-module.ts')

/** AssemblyScript's compiler as a program: its types for TypeScript would redeclare arrays for the whole project. */
function compile(source: string): Buffer {
  const asc = require.resolve('assemblyscript/bin/asc.js')
  const folder = mkdtempSync(join(tmpdir(), 'dense-module-'))
  const output = join(folder, 'dense.wasm')
  const options = ['-O3', '--runtime', 'stub', '--noAssert', '--importMemory', '--enable', 'relaxed-simd']
  try {
    execFileSync(process.execPath, [asc, source, '--outFile', output, ...options], { stdio: ['ignore', 'ignore', 'inherit'] })
    return readFileSync(output)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Compiles assembly/dense.ts, and gives the text that dense-module.ts should have: the same on every machine. */
export async function compileDenseModule(): Promise<string> {
  const bytes = compile(join(folder, 'assembly', 'dense.ts'))
  const hash = sha256(bytes).slice(0, 8)
  const lines = bytes
    .toString('base64')
    .match(/.{1,116}/g)!
    .map((line) => `'${line}'`)
  const text =
    `/** assembly/dense.ts, compiled: \`npm run assemble\` writes this file. */\nexport const denseModuleBase64 =\n${lines.join(' +\n')}\n\n` +
    `/** The first eight digits of its SHA-256. */\nexport const denseModuleHash = '${hash}'\n`
  return format(text, { ...(await resolveConfig(denseModuleFile)), filepath: denseModuleFile })
}

if (process.argv[1] === import.meta.filename) writeFileSync(denseModuleFile, await compileDenseModule())
