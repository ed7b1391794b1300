import reference from './rules.json' with { type: 'json' }

/** Values in double precision, and what Keras tells its callbacks of them. */
export const toldValues = reference.told

/** What Keras' callbacks did with made-up values: see rules.py. */
export const ruleCases = Object.entries(reference.cases).map(([name, { monitor, values, plateau, stopping, ...expected }]) => ({
  name,
  values: (values as (number | string)[]).map(Number),
  plateau: { monitor: monitor as 'valLoss' | 'valAccuracy', ...plateau },
  stopping: { monitor: monitor as 'valLoss' | 'valAccuracy', ...stopping },
  ...expected,
}))
