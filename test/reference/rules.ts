import older from './rules-3.4.json' with { type: 'json' }
import reference from './rules-3.15.json' with { type: 'json' }

/** Values in double precision, and what Keras tells its callbacks of them. */
export const toldValues = reference.told

const casesOf = ({ cases }: typeof reference | typeof older) =>
  Object.entries(cases).map(([name, { monitor, values, plateau, stopping, ...expected }]) => ({
    name,
    values: (values as (number | string)[]).map(Number),
    plateau: { monitor: monitor as 'valLoss' | 'valAccuracy', ...plateau },
    stopping: { monitor: monitor as 'valLoss' | 'valAccuracy', ...stopping },
    ...expected,
  }))

/** What Keras' callbacks did with made-up values: see rules.py. */
export const ruleCases = casesOf(reference)
/** The same by the Keras of the original's time. */
export const olderRuleCases = casesOf(older)
