/** tfjs-node's native binding (binding/tfjs_binding.cc), as far as it is used here. It ships no types of its own. */
export interface Binding {
  TF_Version: string
  TF_FLOAT: number
  TF_INT32: number
  createTensor(shape: number[], type: number, values: Float32Array | Int32Array): number
  deleteTensor(id: number): void
  tensorDataSync(id: number): Float32Array | Int32Array
  /** @param tags comma-separated */
  loadSavedModel(folder: string, tags: string): number
  deleteSavedModel(id: number): void
  /** @param inputs @param outputs comma-separated `name:index` */
  runSavedModel(id: number, tensors: number[], inputs: string, outputs: string): { id: number; shape: number[] }[]
  getNumOfTensors(): number
}

/**
 * A copy that TensorFlow will not share. The binding hands JavaScript's own memory to TensorFlow uncopied where that happens to be
 * aligned: TensorFlow would then free it from one of its own threads, or keep it as a variable's buffer. Starting four bytes past an
 * aligned address makes TF_NewTensor copy it, always.
 */
export function unshared<T extends Float32Array | Int32Array>(
  values: ArrayLike<number>,
  type: { new (buffer: ArrayBuffer, offset: number, length: number): T },
): T {
  const copy = new type(new ArrayBuffer(4 * values.length + 4), 4, values.length)
  copy.set(values)
  return copy
}
