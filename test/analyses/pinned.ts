import { expect } from 'vitest'
import { sha256 } from '../../experiments/sha256.ts'

/**
 * Holds what a kind of analysis gives on a miniature to what its version gave when it was written: stored results of a version stay
 * fresh, so that other numbers need another version.
 * @param expected by version, the first twelve characters of the SHA-256 of the result, its numbers in seven digits
 */
export function expectPinned(
  { name, version }: { name: string; version: number },
  result: unknown,
  expected: Record<number, string>,
) {
  const text = JSON.stringify(result, (_key, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(7)) : value,
  )
  const found = sha256(text).slice(0, 12)
  const advice = `the numbers of the analysis ${name} have changed: raise the version of its kind above ${version}, and add that version here with ${found}`
  expect(found, advice).toBe(expected[version])
}
