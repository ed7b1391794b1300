/** Lets the process hear of signals and messages between two pieces of work that are done at once: without it Ctrl-C waits for the last. */
export const letSignalsThrough = () => new Promise<void>((resolve) => setImmediate(resolve))
