import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { z } from 'zod'

/**
 * What a file of JSON or YAML holds, by its schema. Throws, naming file, place and value, where it is not what the schema says or can't
 * be read as what its name ends in.
 * @param remedy what to do about it, behind the error
 */
export function readData<Value>(file: string, schema: z.ZodType<Value>, remedy = ''): Value {
  const refuse = (why: string) => new Error(`${file}: ${why}${remedy}`)
  let value: unknown
  try {
    const read: (text: string) => unknown = file.endsWith('.json') ? JSON.parse : parse
    value = read(readFileSync(file, 'utf8'))
  } catch (error) {
    throw refuse((error as Error).message)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const found = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value)
  const shown = JSON.stringify(found)?.slice(0, 80) ?? 'nothing'
  throw refuse(`at ${issue.path.join('.') || 'the top'}: ${issue.message}; found ${shown}`)
}
