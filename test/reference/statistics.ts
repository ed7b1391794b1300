import reference from './statistics.json' with { type: 'json' }

/** Values by scikit-learn, SciPy, statsmodels and NumPy: see statistics.py. */
export { reference }

/** Classes, one digit each. */
export const classes = (digits: string) => Uint8Array.from(digits, Number)

export const calibrationLogits = Float32Array.from(reference.calibration.sixtyFourths, (n) => n / 64)
export const calibrationLabels = classes(reference.calibration.labels)
export const resamplingLabels = classes(reference.resampling.labels)
export const resamplingPairs = reference.resampling.pairs.map(({ a, b }) => ({ a: classes(a), b: classes(b) }))
