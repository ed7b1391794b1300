/**
 * Whether an error is a defect of the code, to be shown with its stack: thrown by the language, or by a function that was called with what
 * it does not take (RangeError). What settings, files or the machine are to blame for is thrown as an `Error` that says all there is to say.
 */
export const isDefect = (error: unknown): boolean =>
  !(error instanceof Error) || error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError

/** What to say of an error: its message, of a defect its stack. */
export const explainError = (error: unknown): string =>
  error instanceof Error ? (isDefect(error) && error.stack) || error.message : String(error)
