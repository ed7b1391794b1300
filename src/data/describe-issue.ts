import type { z } from 'zod'

/** "at experiments.cnn.macroF1: Invalid input …, found "x"": where a value fails its schema, and how, for error messages. */
export function describeIssue(error: z.ZodError, value: unknown): string {
  const issue = error.issues[0]!
  const found = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value)
  const shown = JSON.stringify(found)?.slice(0, 80) ?? 'nothing'
  return `at ${issue.path.join('.') || 'the top'}: ${issue.message}; found ${shown}`
}
