import { gunzipSync } from 'node:zlib'

const formats = {
  images: { magic: 0x00000803, header: 16, unit: 'images' },
  labels: { magic: 0x00000801, header: 8, unit: 'labels' },
} as const

const side = 28
const hex = (value: number) => `0x${value.toString(16).padStart(8, '0')}`
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function refuseWebPage(bytes: Uint8Array, file: string): void {
  const opening = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).trim()
  if (opening.startsWith('<'))
    throw new Error(
      `${file}: expected an IDX file, found a web page (“${opening.split('\n')[0]!.slice(0, 60)}”); ` +
        `a proxy or a login page may have answered in the server's place`,
    )
}

/** The bytes inside: of a gzip file its content, of any other file itself. */
export function unpack(bytes: Uint8Array, file: string): Uint8Array {
  refuseWebPage(bytes, file)
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes)
  } catch (error) {
    throw new Error(
      `${file}: expected a whole gzip file, found ${bytes.length} bytes that don't unpack (${(error as Error).message})`,
    )
  }
}

/**
 * Reads a file of the MNIST family (IDX, http://yann.lecun.com/exdb/mnist), already unpacked.
 * @param file its name, for errors
 * @returns a view without the header: n × 784 grey levels, or n labels 0…9
 */
export function parseIdx(bytes: Uint8Array, kind: keyof typeof formats, file: string): Uint8Array {
  refuseWebPage(bytes, file)
  const { magic, header, unit } = formats[kind]
  if (bytes.length < header) throw new Error(`${file}: expected a header of ${header} bytes, found ${bytes.length} bytes in all`)
  const view = viewOf(bytes)
  const found = view.getUint32(0)
  if (found !== magic) {
    const other = Object.values(formats).find((format) => format.magic === found)
    throw new Error(
      `${file}: expected an IDX file of ${unit} (it begins with ${hex(magic)}), found ` +
        (other ? `one of ${other.unit} (${hex(found)})` : hex(found)),
    )
  }
  const count = view.getUint32(4)
  if (kind === 'images' && (view.getUint32(8) !== side || view.getUint32(12) !== side))
    throw new Error(`${file}: expected images of ${side} × ${side}, found ${view.getUint32(8)} × ${view.getUint32(12)}`)
  const expected = header + count * (kind === 'images' ? side * side : 1)
  if (bytes.length !== expected)
    throw new Error(
      `${file}: expected ${expected} bytes for ${count} ${unit}, found ${bytes.length}: ` +
        `${bytes.length < expected ? 'it is cut off' : 'it is too long'}`,
    )
  const data = new Uint8Array(bytes.buffer, bytes.byteOffset + header, bytes.length - header)
  const wrong = kind === 'labels' ? data.findIndex((label) => label > 9) : -1
  if (wrong >= 0) throw new Error(`${file}: expected labels from 0 to 9, found ${data[wrong]} at index ${wrong}`)
  return data
}
