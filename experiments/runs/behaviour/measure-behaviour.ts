import { experiments as catalogue, type Experiment } from '../../catalogue.ts'
import { portableEngine } from '../../engine/portable/portable-engine.ts'
import { distinctModels, type Behaviour } from '../../results/behaviour.ts'
import { measureDataParts } from './data-parts.ts'
import { measureEngineParts } from './engine-parts.ts'
import { measureRuleParts } from './rule-parts.ts'

/**
 * Measures what the code does now, every part of it that a run of these experiments can rest on, by the portable engine in plain
 * JavaScript arithmetic, whatever engine trains. Takes some seconds: keep it for as long as no source file changes.
 */
export async function measureBehaviour(experiments: readonly Experiment[] = catalogue): Promise<Behaviour> {
  const behaviour = {
    ...measureDataParts(),
    ...measureEngineParts(await portableEngine(), distinctModels(experiments)),
    ...(await measureRuleParts()),
  }
  for (const [name, numbers] of Object.entries(behaviour))
    if (!numbers.every(Number.isFinite))
      throw new Error(
        `the code's behaviour should be finite numbers, but ${name} gives ${numbers.find((n) => !Number.isFinite(n))}`,
      )
  return behaviour
}
