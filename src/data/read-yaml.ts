import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { z } from 'zod'
import { describeIssue } from './describe-issue.ts'

/** A YAML file, by its schema. Throws, naming file, place and value, where it is not what the schema says. */
export function readYaml<Value>(file: string, schema: z.ZodType<Value>): Value {
  const value: unknown = parse(readFileSync(file, 'utf8'))
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new Error(`${file}: ${describeIssue(parsed.error, value)}`)
  return parsed.data
}
