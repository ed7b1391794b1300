import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { z } from 'zod'
import { describeMisfit } from '../../experiments/results/describe-misfit.ts'

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
  throw refuse(describeMisfit(parsed.error, value))
}
