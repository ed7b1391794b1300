/** Seeds go into 32-bit generators. */
const largestSeed = 0xffffffff
const mostSeeds = 1000

/** Seeds that can't be read; the message names the part that is wrong, and what it should be. */
export class SeedListError extends Error {
  override name = 'SeedListError'
}

function seedsOfPart(part: string): number[] {
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? []
  if (from === undefined)
    throw new SeedListError(`${part === '' ? 'a part of it is empty' : `"${part}" is neither a seed nor a range of seeds`}.`)
  const [first, last] = [Number(from), Number(to ?? from)]
  if (last < first) throw new SeedListError(`the range ${part} ends before it begins.`)
  if (last > largestSeed) throw new SeedListError(`${part}: a seed is at most ${largestSeed}.`)
  if (last - first >= mostSeeds) throw new SeedListError(`the range ${part} has more than ${mostSeeds} seeds.`)
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

/**
 * Reads seeds and ranges of seeds with commas between: `1,3-5` are 1, 3, 4 and 5. Each is taken once, in the order named.
 * @throws SeedListError
 */
export const parseSeedList = (text: string): number[] => [...new Set(text.split(',').flatMap((part) => seedsOfPart(part.trim())))]

/** The inverse, as short as it reads well: three or more consecutive seeds as a range. */
export function formatSeedList(seeds: readonly number[]): string {
  const stretches: number[][] = []
  for (const seed of seeds) {
    const stretch = stretches.at(-1)
    if (stretch?.at(-1) === seed - 1) stretch.push(seed)
    else stretches.push([seed])
  }
  return stretches.map((stretch) => (stretch.length < 3 ? stretch.join(',') : `${stretch[0]}-${stretch.at(-1)}`)).join(',')
}
