/** Runs of A and B of the same seed, in A's order. */
export const pairsOfSeed = <Run extends { seed: number }>(runsA: readonly Run[], runsB: readonly Run[]): [Run, Run][] =>
  runsA.flatMap((a) => runsB.filter((b) => b.seed === a.seed).map((b): [Run, Run] => [a, b]))
