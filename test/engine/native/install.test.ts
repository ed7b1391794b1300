import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chooseEngine } from '../../../experiments/engine/choose.ts'
import { findNative, installNative } from '../../../experiments/engine/native/install.ts'
import { NativeEngineUnavailableError } from '../../../experiments/engine/native/unavailable.ts'
import { temporaryFolder, useCache, useIndex, useTools, wheel, wheelBytes, wheelName } from './made-up-tools.ts'

const machine = { platform: 'linux', arch: 'x64', glibc: '2.36', freeBytes: () => 1e10 } as const
const said: string[] = []
const install = (changes = {}) => installNative((line) => said.push(line), { machine: { ...machine, ...changes }, wheel })
const refusal = (changes = {}) =>
  install(changes).then(
    () => expect.fail('it was put in place'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(NativeEngineUnavailableError)
      return (error as Error).message
    },
  )
const halfDone = (engine: string) => readdirSync(engine).filter((name) => name !== 'downloads')

// With commands, an index and a wheel made up: what is tested is what surrounds TensorFlow, not TensorFlow.
describe.runIf(process.platform === 'linux' && process.arch === 'x64')('putting the native engine in place', () => {
  beforeEach(() => {
    vi.stubEnv('KUZUSHIJI_ENGINE', '')
    said.length = 0
  })
  afterEach(() => vi.unstubAllEnvs())

  it('leaves it whole and nothing else, and finds it again without doing anything', async () => {
    const engine = useCache()
    useTools()
    const ranges = await useIndex('whole')
    const folder = await install()
    expect(findNative()).toBe(folder)
    expect(readdirSync(engine)).toEqual([expect.stringMatching(/^tfjs-node-4\.22\.0-/)])
    expect(await install()).toBe(folder)
    expect(ranges).toEqual([undefined])
  })

  it('says that Python is missing', async () => {
    useCache()
    useTools({ python3: null })
    expect(await refusal()).toContain('it needs Python 3 to unpack TensorFlow, and there is none')
  })

  it('says that a compiler is missing, and names everything else that is', async () => {
    const engine = useCache()
    useTools({ 'g++': null, python3: null })
    const message = await refusal({ freeBytes: () => 1.5e9 })
    expect(message).toContain('it needs a C++ compiler (g++ or clang++, or the one that CXX names), and there is none')
    expect(message).toContain('it needs Python 3')
    expect(message).toContain(`it needs 4 GB of disk while it is installed, and ${engine} has 1.5 GB`)
    expect(readdirSync(engine)).toEqual([])
  })

  it.each([
    ['FreeBSD', { platform: 'freebsd' }, "not for this machine's freebsd x64"],
    ['Windows on ARM', { platform: 'win32', arch: 'arm64' }, "not for this machine's win32 arm64"],
    ['Linux without glibc', { glibc: undefined }, 'this one has another C library (musl, as on Alpine)'],
    ['an old Linux', { glibc: '2.17' }, 'it needs glibc 2.27 or newer, and this machine has 2.17'],
  ])('says that it is not made for %s, before it asks for anything else', async (_system, changes, message) => {
    useCache()
    useTools({ 'g++': null })
    expect(await refusal(changes)).toMatch(new RegExp(`can't be put in place: [^;]*${message.replace(/[().']/g, '.')}$`))
  })

  it('says where it may not write', async () => {
    useTools()
    const file = join(temporaryFolder('cache'), 'a-file')
    writeFileSync(file, '')
    vi.stubEnv('KUZUSHIJI_CACHE', join(file, 'cache'))
    expect(await refusal()).toMatch(
      /can't be put into .*a-file.*: a part of its path is a file.*KUZUSHIJI_CACHE names another folder/,
    )
  })

  it('says that the disk is full where that shows only on the way', async () => {
    const engine = useCache()
    useTools({
      python3: `if (args.length > 2) { console.error('OSError: [Errno 28] No space left on device'); process.exit(1) }`,
    })
    await useIndex('whole')
    const message = await refusal()
    expect(message).toContain('the wheel could not be unpacked')
    expect(message).toContain('No space left on device')
    expect(halfDone(engine)).toEqual([])
  })

  it('says what npm and the compiler said where they fail, and keeps what was downloaded', async () => {
    const engine = useCache()
    useTools({ npm: `console.error('npm error network'); process.exit(1)` })
    expect(await refusal()).toContain('npm could not install tfjs-node (npm ended with 1):\nnpm error network')
    useTools({ 'g++': `if (args[0] !== '--version') { console.error('fatal error: node_api.h'); process.exit(1) }` })
    const ranges = await useIndex('whole')
    expect(await refusal()).toContain('the binding could not be compiled (g++ ended with 1):\nfatal error: node_api.h')
    expect(halfDone(engine)).toEqual([])
    useTools()
    await install()
    expect(ranges).toHaveLength(1)
  })

  it('refuses a download whose checksum is wrong, and deletes it', async () => {
    const engine = useCache()
    useTools()
    await useIndex(Buffer.from('something else'))
    expect(await refusal()).toMatch(
      new RegExp(`the download of ${wheelName} is damaged: expected SHA-256 ${wheel.sha256}, found [0-9a-f]{64} .14 bytes.`),
    )
    expect(readdirSync(join(engine, 'downloads'))).toEqual([])
  })

  it('fetches anew what an earlier download left damaged', async () => {
    const engine = useCache()
    useTools()
    mkdirSync(join(engine, 'downloads'))
    writeFileSync(join(engine, 'downloads', wheelName), wheelBytes.subarray(10))
    await useIndex('whole')
    await install()
    expect(said.join('\n')).toContain('is damaged (its SHA-256 is another): it is fetched anew')
  })

  it('goes on with a download that broke off, and asks pip in between', async () => {
    const engine = useCache()
    useTools()
    await useIndex(1500, 'gone')
    expect(await refusal()).toContain('pip could not download TensorFlow (python3 ended with 1):\npip finds nothing here')
    expect(said.join('\n')).toContain('could not be fetched directly (the server answers 404 Not Found): pip tries')
    expect(readFileSync(join(engine, 'downloads', `${wheelName}.part`))).toEqual(wheelBytes.subarray(0, 1500))
    const ranges = await useIndex('whole')
    await install()
    expect(ranges).toEqual(['bytes=1500-'])
  })

  it('does not put in place what does not load on this machine', async () => {
    const engine = useCache()
    useTools({ 'g++': `if (args[0] !== '--version') fs.writeFileSync(args[args.indexOf('-o') + 1], 'no library')` })
    await useIndex('whole')
    expect(await refusal()).toContain('the native engine does not load on this machine:\n')
    expect(findNative()).toBeUndefined()
    expect(halfDone(engine)).toEqual([])
  })

  it('replaces one that is in place but does not load', async () => {
    useCache()
    useTools()
    await useIndex('whole')
    const folder = await install()
    const binding = join(folder, 'lib', 'napi-v8', 'tfjs_binding.node')
    writeFileSync(binding, 'damaged')
    await install()
    expect(said.join('\n')).toContain('does not load and is put in place anew')
    expect(readFileSync(binding).length).toBeGreaterThan(1000)
  })

  it('takes the engine that another process put in place meanwhile, where it removed the downloads of this one', async () => {
    const engine = useCache()
    useTools()
    await useIndex('whole')
    const folder = await install()
    const [place] = readdirSync(engine)
    const aside = join(temporaryFolder('aside'), 'engine')
    renameSync(join(engine, place!), aside)
    const [to, downloads] = [join(engine, place!), join(engine, 'downloads')]
    useTools({
      'g++': `if (args[0] !== '--version') {
        fs.renameSync(${JSON.stringify(aside)}, ${JSON.stringify(to)})
        fs.rmSync(${JSON.stringify(downloads)}, { recursive: true })
        process.exit(1)
      }`,
    })
    expect(await install()).toBe(folder)
    expect(readdirSync(engine)).toEqual([place])
  })

  it('leaves nothing that is taken for the engine when it is killed, and cleans up the next time', async () => {
    const engine = useCache()
    useTools({ npm: `fs.writeFileSync('half', ''); setTimeout(() => {}, 60000)` })
    const child = spawn(process.execPath, ['experiments/cli.ts', 'engine'], { detached: true, stdio: 'ignore' })
    const begun = () => halfDone(engine).some((name) => existsSync(join(engine, name, 'half')))
    await vi.waitUntil(begun, { timeout: 20_000, interval: 50 })
    process.kill(-child.pid!, 'SIGKILL')
    await new Promise((resolve) => child.on('close', resolve))
    expect(findNative()).toBeUndefined()
    expect(halfDone(engine)).toEqual([expect.stringMatching(/^installing-/)])
    useTools()
    await useIndex('whole')
    await install()
    expect(readdirSync(engine)).toEqual([expect.stringMatching(/^tfjs-node-/)])
  })

  it('is said to be impossible by the command, with what is used instead', () => {
    useCache()
    useTools({ 'g++': null })
    const { status, stderr } = spawnSync(process.execPath, ['experiments/cli.ts', 'engine'], { encoding: 'utf8' })
    expect(stderr).toContain('it needs a C++ compiler')
    expect(stderr).toContain('The portable engine is used instead: the same networks on WebAssembly')
    expect(stderr).not.toContain('    at ')
    expect(status).toBe(1)
  })

  it('is not tried by a check, which says what would be needed', () => {
    const engine = useCache()
    useTools({ 'g++': null })
    vi.stubEnv('KUZUSHIJI_ENGINE', 'native')
    const { status, stderr } = spawnSync(process.execPath, ['experiments/cli.ts', 'engine', '--check'], { encoding: 'utf8' })
    expect(stderr).toMatch(
      /^engine: none \(KUZUSHIJI_ENGINE asks for native; the native engine is not in place and can't be put there: it needs a C\+\+/,
    )
    expect(readdirSync(engine)).toEqual([])
    expect(status).toBe(1)
  })

  it('keeps the password of an index to itself where it has to ask pip', async () => {
    useCache()
    useTools()
    vi.stubEnv('PIP_INDEX_URL', 'http://user:secret@127.0.0.1:9/simple')
    const message = await refusal()
    expect(said.join('\n')).toContain('could not be fetched directly')
    expect(said.join('\n') + message).not.toContain('secret')
  })

  it('gives way to the portable engine where it is impossible, with the reason, unless it was asked for by name', async () => {
    useCache()
    useTools({ 'g++': null })
    const choice = { name: 'portable', reason: expect.stringContaining('it needs a C++ compiler') as string }
    expect(await chooseEngine({ install: true, log: () => {} })).toEqual(choice)
    expect(await chooseEngine({ install: false, log: () => {} })).toEqual(choice)
    vi.stubEnv('KUZUSHIJI_ENGINE', 'native')
    await expect(chooseEngine({ install: true, log: () => {} })).rejects.toThrow('it needs a C++ compiler')
  })
})
