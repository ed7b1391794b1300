import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { findNative } from '../../experiments/engine/native/install.ts'
import { copyOfTree } from './copy-of-tree.ts'
import { temporaryFolder } from './temporary-folders.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..', '..')

/** The tests' sites lie under a sub-path, as on GitHub Pages. */
export const base = '/report/'

/** Of this process' environment what a build on the command line would see: Vitest sets BASE_URL, MODE and more, which Vite reads;
 * and without CI, where a stale record is an error: here it is a banner, which must look well too. */
export const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(CI|VITEST.*|TEST|NODE_ENV|BASE_URL|MODE|DEV|PROD|SSR)$/.test(name)),
  )

/** Runs a script or package's command on our Node; throws with all it printed where it fails. */
async function runNode(args: string[], env: NodeJS.ProcessEnv = {}, cwd = root): Promise<string> {
  try {
    const { stdout } = await run(process.execPath, args, {
      cwd,
      env: { ...plainEnvironment(), ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', ...env },
      maxBuffer: 1 << 26,
    })
    return stdout
  } catch (error) {
    const { stdout, stderr, message } = error as { stdout?: string; stderr?: string; message: string }
    throw new Error(`node ${args.join(' ')} failed: ${message.split('\n')[0]}\n${stdout ?? ''}\n${stderr ?? ''}`, {
      cause: error,
    })
  }
}

/** Runs a command of Astro's in a tree. */
export const runAstro = (args: string[], env: NodeJS.ProcessEnv = {}, tree = root): Promise<string> =>
  runNode(
    ['node_modules/astro/bin/astro.mjs', ...args],
    { SITE_BASE: base.replace(/\/$/, ''), SITE_URL: 'https://example.org', ...env },
    tree,
  )

/** Builds the site of a tree into `target`, as `npm run build:site` does. */
export async function buildSite(target: string, env: NodeJS.ProcessEnv = {}, tree = root): Promise<void> {
  await runNode(['experiments/cli.ts', 'status', '--for-site'], env, tree)
  await runAstro(['build', '--outDir', target], env, tree)
}

export type SiteName = 'committed' | 'smoke'

/** The chapter that the site's own instructions give as an example, as its file would be. */
function exampleChapter(): string {
  const instructions = join(root, 'content', 'chapters', 'write-a-chapter.mdx')
  const [, example] = /^```mdx\n(---\n.*?)^```$/ms.exec(readFileSync(instructions, 'utf8')) ?? []
  if (!example) throw new Error(`${instructions} has no example of a chapter: a block of code, mdx, that begins with ---`)
  return example
}

async function build(name: SiteName): Promise<{ folder: string; resultsDir: string }> {
  const folder = temporaryFolder(name)
  if (name === 'committed') {
    await buildSite(folder)
    return { folder, resultsDir: join(root, 'content', 'results') }
  }
  const resultsDir = temporaryFolder('smoke-results')
  const engine = { KUZUSHIJI_ENGINE: findNative() ? 'native' : 'portable' } // tests install nothing
  await runNode(['experiments/cli.ts', 'train', '--protocol', 'smoke', '--seeds', '1', '--out', resultsDir], engine)
  const tree = copyOfTree('tree')
  writeFileSync(join(tree, 'content', 'chapters', `${example}.mdx`), exampleChapter())
  await buildSite(folder, { RESULTS_DIR: resultsDir, SITE_PROTOCOL: 'smoke' }, tree)
  return { folder, resultsDir }
}

/** The address of the example chapter in the smoke site. */
export const example = 'an-example'

const built = new Map<SiteName, ReturnType<typeof build>>()

/**
 * The site of the committed records, or of records that the `smoke` protocol has just trained: `folder` holds the pages, `resultsDir`
 * the records. Each is built once in a process, on first use. The smoke site has one chapter more: the example that the report gives of
 * one.
 */
export function builtSite(name: SiteName) {
  const site = built.get(name) ?? build(name)
  built.set(name, site)
  return site
}

/** For tests of both sites: begins to build them at once, for a build by itself leaves a core idle. */
export function buildBoth(): SiteName[] {
  const names: SiteName[] = ['committed', 'smoke']
  for (const name of names) builtSite(name).catch(() => undefined) // whoever asks for the site is told
  return names
}
