import { inflateSync } from 'node:zlib'

/**
 * Unpacks a web font of WOFF version 1 (W3C Recommendation, 2012) to the TrueType or OpenType file inside: its tables, each deflated
 * where that is shorter.
 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF')
    throw new Error(`expected a font that begins with “wOFF”, found “${woff.toString('latin1', 0, 4)}”`)
  const tableCount = woff.readUInt16BE(12)
  const font = Buffer.alloc(woff.readUInt32BE(16))
  font.writeUInt32BE(woff.readUInt32BE(4), 0)
  font.writeUInt16BE(tableCount, 4)
  // searchRange, entrySelector and rangeShift: aids to a binary search that follow from the count.
  const selector = Math.floor(Math.log2(tableCount))
  font.writeUInt16BE(16 * 2 ** selector, 6)
  font.writeUInt16BE(selector, 8)
  font.writeUInt16BE(16 * (tableCount - 2 ** selector), 10)
  let at = 12 + 16 * tableCount
  for (let table = 0; table < tableCount; table++) {
    const from = 44 + 20 * table
    const to = 12 + 16 * table
    const offset = woff.readUInt32BE(from + 4)
    const packedBytes = woff.readUInt32BE(from + 8)
    const bytes = woff.readUInt32BE(from + 12)
    const packed = woff.subarray(offset, offset + packedBytes)
    woff.copy(font, to, from, from + 4)
    woff.copy(font, to + 4, from + 16, from + 20)
    font.writeUInt32BE(at, to + 8)
    font.writeUInt32BE(bytes, to + 12)
    font.set(packedBytes < bytes ? inflateSync(packed) : packed, at)
    at += Math.ceil(bytes / 4) * 4
  }
  return font
}
