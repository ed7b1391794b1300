import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

interface Step {
  id?: string
  name?: string
  if?: string
  uses?: string
  run?: string
  with?: Record<string, string>
  env?: Record<string, string>
}
export interface Job {
  steps: Step[]
  env?: Record<string, string>
  outputs?: Record<string, string>
  strategy?: { matrix: Record<string, string> }
}

export const readWorkflow = (name: string) =>
  parse(readFileSync(join('.github', 'workflows', name), 'utf8')) as { jobs: Record<string, Job> }

/** A text with its `${{ a.b }}` replaced by what the context has there. */
export const fillIn = (text: string, context: Record<string, unknown>): string =>
  text.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, path: string) => {
    const value = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], context)
    if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`the context has no ${path}`)
    return String(value)
  })

/** The one step that has this somewhere in what it says. */
export function stepWith(job: Job, what: string): Step {
  const found = job.steps.filter((step) => JSON.stringify(step).includes(what))
  if (found.length !== 1) throw new Error(`${found.length} steps have ${what}`)
  return found[0]!
}
