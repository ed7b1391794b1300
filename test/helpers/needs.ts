import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cacheFolder } from '../../experiments/cache-folder.ts'
import { findNative } from '../../experiments/engine/native/install.ts'

/** `describe` for what a machine may lack; `need` says what, `required` turns leaving out into failing, `hint` says what to do. */
function describeWhere(present: boolean, need: string, required: string, hint: string) {
  return (name: string, tests: () => void): void => {
    if (present) return void describe(name, tests)
    const message = `no ${need} here: ${hint}`
    describe(name, () => {
      if (process.env[required] === '1') it(`needs the ${need}`, () => expect.fail(`${message} (${required}=1)`))
      else it.skip(`LEFT OUT, ${message}`)
    })
    console.warn(`LEFT OUT: ${name} (${message})`)
  }
}

/** As `describe`, where the native engine is in place; else left out loudly, or failing with `REQUIRE_NATIVE=1`. */
export const describeWithNative = describeWhere(
  findNative() !== undefined,
  'native engine',
  'REQUIRE_NATIVE',
  'npm run engine puts it in place',
)

const dataFolder = process.env.KMNIST_DIR || cacheFolder('kmnist')

/** As `describe`, where the real data set is at hand; else left out loudly, or failing with `REQUIRE_DATA=1`. */
export const describeWithData = describeWhere(
  ['', '.gz'].some((ending) => existsSync(join(dataFolder, `train-images-idx3-ubyte${ending}`))),
  'data set',
  'REQUIRE_DATA',
  'set KMNIST_DIR to the folder of its four files',
)
