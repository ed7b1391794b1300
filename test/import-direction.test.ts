import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** What a source file imports when it runs: types are left out, as Node does. */
const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s+(?!type\b)(?:[^'"=;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm)].map(
    (match) => match[1]!,
  )

/** For every file that `entries` reach: the way there, as a list of files; and the same for each package. */
function reach(entries: string[]): Map<string, string[]> {
  const ways = new Map<string, string[]>()
  const follow = (target: string, way: string[]) => {
    if (ways.has(target)) return
    ways.set(target, way)
    if (!target.startsWith(root) || !/\.(ts|astro)$/.test(target)) return
    for (const name of importsOf(target))
      follow(name.startsWith('.') ? resolve(target, '..', name) : name, [...way, relative(root, target)])
  }
  entries.forEach((entry) => follow(entry, []))
  return ways
}

const sourcesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|astro)$/.test(file))
    .map((file) => join(root, folder, file))

it.each(['augmentation', 'models', 'statistics', 'training', 'engine/portable'])(
  'keeps Node out of everything that experiments/%s reaches, so that it runs in browsers',
  (folder) => {
    const ways = reach(sourcesIn(`experiments/${folder}`))
    expect(ways.size).toBeGreaterThan(1)
    expect(
      [...ways].filter(([target]) => target.startsWith('node:')).map(([target, way]) => [...way, target].join(' → ')),
    ).toEqual([])
  },
)

/** The folders of `experiments` in the order of the README's table: each imports only from those before it. */
const folders = ['models', 'augmentation', 'dataset', 'statistics', 'evaluation', 'engine', 'training', 'results']
folders.push('analyses', 'runs', 'commands', 'bench')

it.each(folders)('imports into experiments/%s only what comes before it', (folder) => {
  const later = new Set(folders.slice(folders.indexOf(folder) + 1))
  const wrong = sourcesIn(`experiments/${folder}`).flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith('.'))
      .map((name) => relative(join(root, 'experiments'), resolve(file, '..', name)))
      .filter((target) => later.has(target.split('/')[0]!))
      .map((target) => `${relative(root, file)} → ${target}`),
  )
  expect(wrong).toEqual([])
})

it('keeps every engine out of what the site reaches', () => {
  const ways = reach(sourcesIn('src'))
  const engines = [...ways].filter(([target]) => /experiments\/(engine|training\/train\.ts)|@tensorflow/.test(target))
  expect(engines.map(([target, way]) => [...way, relative(root, target)].join(' → '))).toEqual([])
})
