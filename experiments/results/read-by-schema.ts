import type { z } from 'zod'
import { describeMisfit } from './describe-misfit.ts'

/**
 * What a schema makes of what is read.
 * @param refuse makes the error to throw, told why: it can't be read, or what is where it misses the schema
 */
export function readBySchema<Value>(read: () => unknown, schema: z.ZodType<Value>, refuse: (why: string) => Error): Value {
  let value: unknown
  try {
    value = read()
  } catch (error) {
    throw refuse((error as Error).message)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw refuse(describeMisfit(parsed.error, value))
}
