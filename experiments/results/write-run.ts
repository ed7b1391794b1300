import { predictionsPath, recordPath, weightsPath } from './read-results.ts'
import { runRecordSchema, type RunRecord } from './schema.ts'
import { removeAbandoned, writeTogether } from './write-atomically.ts'

/**
 * Writes a run's record and the files beside it, the record last, so that a record never names a file that isn't there. The history
 * takes a line an epoch, a confusion matrix a line a row: a change shows as one in a diff.
 * @throws where the record breaks its own schema: nothing is written then
 */
export function writeRun(
  resultsDir: string,
  record: RunRecord,
  files: { predictions: Uint8Array | null; weights: Uint8Array | null },
): void {
  const file = recordPath(resultsDir, record)
  const text = formatRecord(runRecordSchema.parse(record))
  const written = [
    ...(files.predictions ? [[predictionsPath(file), files.predictions] as const] : []),
    ...(files.weights ? [[weightsPath(file), files.weights] as const] : []),
    [file, text] as const,
  ]
  writeTogether(written)
  for (const [path] of written) removeAbandoned(path)
}

/** Indented JSON, but what holds only plain values (a history row, a row of a confusion matrix) on one line. */
export function formatRecord(value: unknown, indent = ''): string {
  const inner = `${indent}  `
  const isPlain = (v: unknown) => v === null || typeof v !== 'object'
  if (isPlain(value)) return JSON.stringify(value)
  const flat = (v: object) => Object.values(v).every(isPlain)
  if (Array.isArray(value))
    return flat(value) || value.length === 0
      ? `[${value.map((v) => JSON.stringify(v)).join(', ')}]`
      : `[\n${value.map((v) => inner + formatRecord(v, inner)).join(',\n')}\n${indent}]`
  const entries = Object.entries(value as object).filter(([, v]) => v !== undefined)
  if (indent && flat(value as object))
    return `{ ${entries.map(([k, v]) => `${JSON.stringify(k)}: ${JSON.stringify(v)}`).join(', ')} }`
  const lines = entries.map(([k, v]) => `${inner}${JSON.stringify(k)}: ${formatRecord(v, inner)}`)
  return `{\n${lines.join(',\n')}\n${indent}}${indent ? '' : '\n'}`
}
