import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { z } from 'zod'
import { readBySchema } from '../../experiments/results/read-by-schema.ts'

/**
 * What a file of JSON or YAML holds, by its schema. Throws, naming file, place and value, where it is not what the schema says or can't
 * be read as what its name ends in.
 * @param remedy what to do about it, behind the error
 */
export function readData<Value>(file: string, schema: z.ZodType<Value>, remedy = ''): Value {
  const refuse = (why: string) => new Error(`${file}: ${why}${remedy}`)
  const parseText: (text: string) => unknown = file.endsWith('.json') ? JSON.parse : parse
  return readBySchema(() => parseText(readFileSync(file, 'utf8')), schema, refuse)
}
