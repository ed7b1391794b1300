/** Whether a sentence holds for the data of this build: null while runs it needs are missing. */
export type Holds = boolean | null

/** Whether all hold: open while one is. */
export const all = (holds: readonly Holds[]): Holds => (holds.includes(null) ? null : holds.every(Boolean))

export const not = (holds: Holds): Holds => (holds === null ? null : !holds)
