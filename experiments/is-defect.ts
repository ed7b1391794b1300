/** Whether an error was not thrown on purpose: a defect of the code, to be shown with its stack. Others say all there is to say. */
export const isDefect = (error: unknown): boolean =>
  !(error instanceof Error) || error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError
