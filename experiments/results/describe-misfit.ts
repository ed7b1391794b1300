import type { z } from 'zod'

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value)

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

/** Where a value first misses its schema, why, and what is there: `at timings.seconds: expected number; found "x"`. */
export function describeMisfit({ issues }: z.ZodError, value: unknown): string {
  const { path, message } = issues[0]!
  return `at ${path.join('.') || 'the whole file'}: ${message}; found ${show(valueAt(value, path))}`
}
