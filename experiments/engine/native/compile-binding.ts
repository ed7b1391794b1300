import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runOrFail } from './run-command.ts'

const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']

const unpack = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if name.startswith(("tensorflow/include/", "tensorflow/libtensorflow_cc.so", "tensorflow/libtensorflow_framework.so")):
            wheel.extract(name, sys.argv[2])`

/**
 * Compiles tfjs-node's binding against TensorFlow's libraries and headers out of a wheel, and puts the libraries beside it.
 * @param folder where npm has installed tfjs-node and Node's headers
 * @param tfjs the folder of tfjs-node in it
 * @throws NativeEngineUnavailableError
 */
export async function compileBinding(
  { folder, tfjs, wheel }: { folder: string; tfjs: string; wheel: string },
  { python, compiler }: { python: string; compiler: string },
  log: (line: string) => void,
): Promise<void> {
  log('unpacking TensorFlow …')
  await runOrFail(python, ['-c', unpack, wheel, folder], folder, 'the wheel could not be unpacked')

  log('compiling the binding …')
  const tensorflow = join(folder, 'tensorflow')
  for (const part of [join('deps', 'lib'), join('lib', 'napi-v8')]) mkdirSync(join(tfjs, part), { recursive: true })
  for (const library of libraries) renameSync(join(tensorflow, library), join(tfjs, 'deps', 'lib', library))
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join('binding', name))
  const includes = [join(folder, 'node_modules', 'node-api-headers', 'include'), join(tensorflow, 'include')].map(
    (path) => `-I${path}`,
  )
  const flags = ['-O2', '-std=c++17', '-shared', '-fPIC', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION']
  const link = [...libraries.map((library) => join('deps', 'lib', library)), '-Wl,-rpath,$ORIGIN/../../deps/lib']
  const output = ['-o', join('lib', 'napi-v8', 'tfjs_binding.node')]
  await runOrFail(compiler, [...flags, ...includes, ...sources, ...output, ...link], tfjs, 'the binding could not be compiled')
  rmSync(tensorflow, { recursive: true })
}
